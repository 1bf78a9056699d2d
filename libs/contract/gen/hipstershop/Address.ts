// Original file: ../../protos/shop.proto


export interface AddressInit {
  'streetAddress'?: (string);
  'city'?: (string);
  'state'?: (string);
  'country'?: (string);
  'zipCode'?: (number);
}

export interface Address {
  'streetAddress': (string);
  'city': (string);
  'state': (string);
  'country': (string);
  'zipCode': (number);
}

// Original file: ../../protos/shop.proto


export interface CreditCardInfoInit {
  'creditCardNumber'?: (string);
  'creditCardCvv'?: (number);
  'creditCardExpirationYear'?: (number);
  'creditCardExpirationMonth'?: (number);
}

export interface CreditCardInfo {
  'creditCardNumber': (string);
  'creditCardCvv': (number);
  'creditCardExpirationYear': (number);
  'creditCardExpirationMonth': (number);
}

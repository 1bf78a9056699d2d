// Original file: ../../protos/shop.proto


export interface CartItemInit {
  'productId'?: (string);
  'quantity'?: (number);
}

export interface CartItem {
  'productId': (string);
  'quantity': (number);
}

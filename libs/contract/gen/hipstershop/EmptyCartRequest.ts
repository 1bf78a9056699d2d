// Original file: ../../protos/shop.proto


export interface EmptyCartRequestInit {
  'userId'?: (string);
}

export interface EmptyCartRequest {
  'userId': (string);
}

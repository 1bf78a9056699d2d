// Original file: ../../protos/shop.proto


export interface GetCartRequestInit {
  'userId'?: (string);
}

export interface GetCartRequest {
  'userId': (string);
}

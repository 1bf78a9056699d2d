// Original file: ../../protos/shop.proto


export interface GetProductRequestInit {
  'id'?: (string);
}

export interface GetProductRequest {
  'id': (string);
}

// Original file: ../../protos/shop.proto


export interface ListOrdersRequestInit {
  'userId'?: (string);
}

export interface ListOrdersRequest {
  'userId': (string);
}

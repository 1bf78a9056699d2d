// Original file: ../../protos/shop.proto


export interface GetOrderRequestInit {
  'orderId'?: (string);
  'userId'?: (string);
}

export interface GetOrderRequest {
  'orderId': (string);
  'userId': (string);
}

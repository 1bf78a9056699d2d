// Original file: ../../protos/shop.proto


export interface RefundResponseInit {
  'refundId'?: (string);
}

export interface RefundResponse {
  'refundId': (string);
}

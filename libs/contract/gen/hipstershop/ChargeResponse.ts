// Original file: ../../protos/shop.proto


export interface ChargeResponseInit {
  'transactionId'?: (string);
}

export interface ChargeResponse {
  'transactionId': (string);
}

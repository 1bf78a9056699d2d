// Original file: ../../protos/shop.proto


export interface ShipOrderResponseInit {
  'trackingId'?: (string);
}

export interface ShipOrderResponse {
  'trackingId': (string);
}

// Original file: ../../protos/shop.proto

import type { PlaceOrderResponseInit as _hipstershop_PlaceOrderResponseInit, PlaceOrderResponse as _hipstershop_PlaceOrderResponse } from '../hipstershop/PlaceOrderResponse.ts';

export interface ListOrdersResponseInit {
  'orders'?: (_hipstershop_PlaceOrderResponseInit)[];
}

export interface ListOrdersResponse {
  'orders': (_hipstershop_PlaceOrderResponse)[];
}

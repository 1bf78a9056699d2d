// Original file: ../../protos/shop.proto

import type { OrderResultInit as _hipstershop_OrderResultInit, OrderResult as _hipstershop_OrderResult } from '../hipstershop/OrderResult.ts';

export interface PlaceOrderResponseInit {
  'order'?: (_hipstershop_OrderResultInit | null);
}

export interface PlaceOrderResponse {
  'order': (_hipstershop_OrderResult | null);
}

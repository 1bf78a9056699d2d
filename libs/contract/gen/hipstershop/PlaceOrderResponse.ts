// Original file: ../../protos/shop.proto

import type { OrderResultInit as _hipstershop_OrderResultInit, OrderResult as _hipstershop_OrderResult } from '../hipstershop/OrderResult.ts';
import type { Long } from '@grpc/proto-loader';

export interface PlaceOrderResponseInit {
  'order'?: (_hipstershop_OrderResultInit | null);
  /**
   * Milliseconds since 1970, UTC.
   */
  'placedAtMs'?: (number | string | Long);
}

export interface PlaceOrderResponse {
  'order': (_hipstershop_OrderResult | null);
  /**
   * Milliseconds since 1970, UTC.
   */
  'placedAtMs': (string);
}

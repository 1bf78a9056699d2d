// Original file: ../../protos/shop.proto

import type { OrderResultInit as _hipstershop_OrderResultInit, OrderResult as _hipstershop_OrderResult } from '../hipstershop/OrderResult.ts';

export interface SendOrderConfirmationRequestInit {
  'email'?: (string);
  'order'?: (_hipstershop_OrderResultInit | null);
}

export interface SendOrderConfirmationRequest {
  'email': (string);
  'order': (_hipstershop_OrderResult | null);
}

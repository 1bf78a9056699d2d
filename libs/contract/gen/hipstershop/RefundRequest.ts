// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface RefundRequestInit {
  'transactionId'?: (string);
  'amount'?: (_hipstershop_MoneyInit | null);
  'idempotencyKey'?: (string);
  'reason'?: (string);
}

export interface RefundRequest {
  'transactionId': (string);
  'amount': (_hipstershop_Money | null);
  'idempotencyKey': (string);
  'reason': (string);
}

// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface GetQuoteResponseInit {
  'costUsd'?: (_hipstershop_MoneyInit | null);
}

export interface GetQuoteResponse {
  'costUsd': (_hipstershop_Money | null);
}

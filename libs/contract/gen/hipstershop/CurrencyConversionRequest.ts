// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface CurrencyConversionRequestInit {
  'from'?: (_hipstershop_MoneyInit | null);
  'toCode'?: (string);
}

export interface CurrencyConversionRequest {
  'from': (_hipstershop_Money | null);
  'toCode': (string);
}

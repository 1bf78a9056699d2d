// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface ConvertManyResponseInit {
  'amounts'?: (_hipstershop_MoneyInit)[];
}

export interface ConvertManyResponse {
  'amounts': (_hipstershop_Money)[];
}

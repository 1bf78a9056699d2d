// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface ConvertManyRequestInit {
  'from'?: (_hipstershop_MoneyInit)[];
  'toCode'?: (string);
}

export interface ConvertManyRequest {
  'from': (_hipstershop_Money)[];
  'toCode': (string);
}

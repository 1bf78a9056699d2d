// Original file: ../../protos/shop.proto

import type { AdInit as _hipstershop_AdInit, Ad as _hipstershop_Ad } from '../hipstershop/Ad.ts';

export interface AdResponseInit {
  'ads'?: (_hipstershop_AdInit)[];
}

export interface AdResponse {
  'ads': (_hipstershop_Ad)[];
}

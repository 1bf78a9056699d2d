// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface ProductInit {
  'id'?: (string);
  'name'?: (string);
  'description'?: (string);
  /**
   * A path below the storefront's root.
   */
  'picture'?: (string);
  'priceUsd'?: (_hipstershop_MoneyInit | null);
  'categories'?: (string)[];
}

export interface Product {
  'id': (string);
  'name': (string);
  'description': (string);
  /**
   * A path below the storefront's root.
   */
  'picture': (string);
  'priceUsd': (_hipstershop_Money | null);
  'categories': (string)[];
}

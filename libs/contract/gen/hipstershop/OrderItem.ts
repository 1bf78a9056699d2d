// Original file: ../../protos/shop.proto

import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from '../hipstershop/CartItem.ts';
import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface OrderItemInit {
  'item'?: (_hipstershop_CartItemInit | null);
  /**
   * The price of one, in the shopper's currency.
   */
  'cost'?: (_hipstershop_MoneyInit | null);
}

export interface OrderItem {
  'item': (_hipstershop_CartItem | null);
  /**
   * The price of one, in the shopper's currency.
   */
  'cost': (_hipstershop_Money | null);
}

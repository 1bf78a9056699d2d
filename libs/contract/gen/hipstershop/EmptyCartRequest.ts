// Original file: ../../protos/shop.proto

import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from '../hipstershop/CartItem.ts';

export interface EmptyCartRequestInit {
  'userId'?: (string);
  /**
   * How much to take out of which lines; what else is in the cart stays. Needs the key; all goes when there are none.
   */
  'items'?: (_hipstershop_CartItemInit)[];
  /**
   * A key that was used before takes nothing out again.
   */
  'idempotencyKey'?: (string);
}

export interface EmptyCartRequest {
  'userId': (string);
  /**
   * How much to take out of which lines; what else is in the cart stays. Needs the key; all goes when there are none.
   */
  'items': (_hipstershop_CartItem)[];
  /**
   * A key that was used before takes nothing out again.
   */
  'idempotencyKey': (string);
}

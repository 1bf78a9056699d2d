// Original file: ../../protos/shop.proto

import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from '../hipstershop/CartItem.ts';

export interface CartInit {
  'userId'?: (string);
  'items'?: (_hipstershop_CartItemInit)[];
}

export interface Cart {
  'userId': (string);
  'items': (_hipstershop_CartItem)[];
}

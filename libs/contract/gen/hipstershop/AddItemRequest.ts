// Original file: ../../protos/shop.proto

import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from '../hipstershop/CartItem.ts';

export interface AddItemRequestInit {
  'userId'?: (string);
  'item'?: (_hipstershop_CartItemInit | null);
}

export interface AddItemRequest {
  'userId': (string);
  'item': (_hipstershop_CartItem | null);
}

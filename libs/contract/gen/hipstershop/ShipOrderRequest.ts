// Original file: ../../protos/shop.proto

import type { AddressInit as _hipstershop_AddressInit, Address as _hipstershop_Address } from '../hipstershop/Address.ts';
import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from '../hipstershop/CartItem.ts';

export interface ShipOrderRequestInit {
  'address'?: (_hipstershop_AddressInit | null);
  'items'?: (_hipstershop_CartItemInit)[];
  'idempotencyKey'?: (string);
}

export interface ShipOrderRequest {
  'address': (_hipstershop_Address | null);
  'items': (_hipstershop_CartItem)[];
  'idempotencyKey': (string);
}

// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';
import type { AddressInit as _hipstershop_AddressInit, Address as _hipstershop_Address } from '../hipstershop/Address.ts';
import type { OrderItemInit as _hipstershop_OrderItemInit, OrderItem as _hipstershop_OrderItem } from '../hipstershop/OrderItem.ts';

export interface OrderResultInit {
  'orderId'?: (string);
  'shippingTrackingId'?: (string);
  'shippingCost'?: (_hipstershop_MoneyInit | null);
  'shippingAddress'?: (_hipstershop_AddressInit | null);
  'items'?: (_hipstershop_OrderItemInit)[];
}

export interface OrderResult {
  'orderId': (string);
  'shippingTrackingId': (string);
  'shippingCost': (_hipstershop_Money | null);
  'shippingAddress': (_hipstershop_Address | null);
  'items': (_hipstershop_OrderItem)[];
}

// Original file: ../../protos/shop.proto

import type { AddressInit as _hipstershop_AddressInit, Address as _hipstershop_Address } from '../hipstershop/Address.ts';
import type { CreditCardInfoInit as _hipstershop_CreditCardInfoInit, CreditCardInfo as _hipstershop_CreditCardInfo } from '../hipstershop/CreditCardInfo.ts';

export interface PlaceOrderRequestInit {
  'userId'?: (string);
  'userCurrency'?: (string);
  'address'?: (_hipstershop_AddressInit | null);
  'email'?: (string);
  'creditCard'?: (_hipstershop_CreditCardInfoInit | null);
  /**
   * Names the order for whoever asks about it again.
   */
  'idempotencyKey'?: (string);
}

export interface PlaceOrderRequest {
  'userId': (string);
  'userCurrency': (string);
  'address': (_hipstershop_Address | null);
  'email': (string);
  'creditCard': (_hipstershop_CreditCardInfo | null);
  /**
   * Names the order for whoever asks about it again.
   */
  'idempotencyKey': (string);
}

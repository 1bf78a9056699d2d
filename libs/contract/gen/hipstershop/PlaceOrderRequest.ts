// Original file: ../../protos/shop.proto

import type { AddressInit as _hipstershop_AddressInit, Address as _hipstershop_Address } from '../hipstershop/Address.ts';
import type { CreditCardInfoInit as _hipstershop_CreditCardInfoInit, CreditCardInfo as _hipstershop_CreditCardInfo } from '../hipstershop/CreditCardInfo.ts';
import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

export interface PlaceOrderRequestInit {
  'userId'?: (string);
  'userCurrency'?: (string);
  'address'?: (_hipstershop_AddressInit | null);
  'email'?: (string);
  'creditCard'?: (_hipstershop_CreditCardInfoInit | null);
  /**
   * Names the order for whoever asks for it again.
   */
  'idempotencyKey'?: (string);
  /**
   * What the shopper was told that it costs; ABORTED if it costs something else by now. Not compared when it is missing.
   */
  'expectedTotal'?: (_hipstershop_MoneyInit | null);
}

export interface PlaceOrderRequest {
  'userId': (string);
  'userCurrency': (string);
  'address': (_hipstershop_Address | null);
  'email': (string);
  'creditCard': (_hipstershop_CreditCardInfo | null);
  /**
   * Names the order for whoever asks for it again.
   */
  'idempotencyKey': (string);
  /**
   * What the shopper was told that it costs; ABORTED if it costs something else by now. Not compared when it is missing.
   */
  'expectedTotal': (_hipstershop_Money | null);
}

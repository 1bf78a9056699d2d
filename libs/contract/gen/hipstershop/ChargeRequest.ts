// Original file: ../../protos/shop.proto

import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';
import type { CreditCardInfoInit as _hipstershop_CreditCardInfoInit, CreditCardInfo as _hipstershop_CreditCardInfo } from '../hipstershop/CreditCardInfo.ts';

export interface ChargeRequestInit {
  'amount'?: (_hipstershop_MoneyInit | null);
  'creditCard'?: (_hipstershop_CreditCardInfoInit | null);
  /**
   * Names the charge for whoever asks for it again, or about it; it is logged with the charge.
   */
  'idempotencyKey'?: (string);
}

export interface ChargeRequest {
  'amount': (_hipstershop_Money | null);
  'creditCard': (_hipstershop_CreditCardInfo | null);
  /**
   * Names the charge for whoever asks for it again, or about it; it is logged with the charge.
   */
  'idempotencyKey': (string);
}

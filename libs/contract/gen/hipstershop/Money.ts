// Original file: ../../protos/shop.proto

import type { Long } from '@grpc/proto-loader';

/**
 * An amount of money: whole units plus billionths of a unit, both of one sign (-1.75 is units -1, nanos -750000000).
 */
export interface MoneyInit {
  /**
   * ISO 4217, such as "USD".
   */
  'currencyCode'?: (string);
  'units'?: (number | string | Long);
  /**
   * -999,999,999 to 999,999,999.
   */
  'nanos'?: (number);
}

/**
 * An amount of money: whole units plus billionths of a unit, both of one sign (-1.75 is units -1, nanos -750000000).
 */
export interface Money {
  /**
   * ISO 4217, such as "USD".
   */
  'currencyCode': (string);
  'units': (string);
  /**
   * -999,999,999 to 999,999,999.
   */
  'nanos': (number);
}

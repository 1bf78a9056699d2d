// Original file: ../../protos/shop.proto


export interface GetSupportedCurrenciesResponseInit {
  'currencyCodes'?: (string)[];
}

export interface GetSupportedCurrenciesResponse {
  'currencyCodes': (string)[];
}

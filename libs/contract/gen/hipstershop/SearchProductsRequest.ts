// Original file: ../../protos/shop.proto


export interface SearchProductsRequestInit {
  'query'?: (string);
}

export interface SearchProductsRequest {
  'query': (string);
}

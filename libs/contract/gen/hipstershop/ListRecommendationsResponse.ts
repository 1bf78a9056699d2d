// Original file: ../../protos/shop.proto


export interface ListRecommendationsResponseInit {
  'productIds'?: (string)[];
}

export interface ListRecommendationsResponse {
  'productIds': (string)[];
}

// Original file: ../../protos/shop.proto


export interface ListRecommendationsRequestInit {
  'userId'?: (string);
  'productIds'?: (string)[];
}

export interface ListRecommendationsRequest {
  'userId': (string);
  'productIds': (string)[];
}

// Original file: ../../protos/shop.proto

import type { ProductInit as _hipstershop_ProductInit, Product as _hipstershop_Product } from '../hipstershop/Product.ts';

export interface SearchProductsResponseInit {
  'results'?: (_hipstershop_ProductInit)[];
}

export interface SearchProductsResponse {
  'results': (_hipstershop_Product)[];
}

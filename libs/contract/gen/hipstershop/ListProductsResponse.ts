// Original file: ../../protos/shop.proto

import type { ProductInit as _hipstershop_ProductInit, Product as _hipstershop_Product } from '../hipstershop/Product.ts';

export interface ListProductsResponseInit {
  'products'?: (_hipstershop_ProductInit)[];
}

export interface ListProductsResponse {
  'products': (_hipstershop_Product)[];
}

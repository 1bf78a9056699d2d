// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EmptyInit as _hipstershop_EmptyInit, Empty as _hipstershop_Empty } from '../hipstershop/Empty.ts';
import type { GetProductRequestInit as _hipstershop_GetProductRequestInit, GetProductRequest as _hipstershop_GetProductRequest } from '../hipstershop/GetProductRequest.ts';
import type { ListProductsResponseInit as _hipstershop_ListProductsResponseInit, ListProductsResponse as _hipstershop_ListProductsResponse } from '../hipstershop/ListProductsResponse.ts';
import type { ProductInit as _hipstershop_ProductInit, Product as _hipstershop_Product } from '../hipstershop/Product.ts';
import type { SearchProductsRequestInit as _hipstershop_SearchProductsRequestInit, SearchProductsRequest as _hipstershop_SearchProductsRequest } from '../hipstershop/SearchProductsRequest.ts';
import type { SearchProductsResponseInit as _hipstershop_SearchProductsResponseInit, SearchProductsResponse as _hipstershop_SearchProductsResponse } from '../hipstershop/SearchProductsResponse.ts';

/**
 * Knows the products.
 */
export interface ProductCatalogServiceClient extends grpc.Client {
  /**
   * NOT_FOUND for an id that no product has.
   */
  GetProduct(argument: _hipstershop_GetProductRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  GetProduct(argument: _hipstershop_GetProductRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  GetProduct(argument: _hipstershop_GetProductRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  GetProduct(argument: _hipstershop_GetProductRequestInit, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  /**
   * NOT_FOUND for an id that no product has.
   */
  getProduct(argument: _hipstershop_GetProductRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  getProduct(argument: _hipstershop_GetProductRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  getProduct(argument: _hipstershop_GetProductRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  getProduct(argument: _hipstershop_GetProductRequestInit, callback: grpc.requestCallback<_hipstershop_Product>): grpc.ClientUnaryCall;
  
  ListProducts(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  ListProducts(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  ListProducts(argument: _hipstershop_EmptyInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  ListProducts(argument: _hipstershop_EmptyInit, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  listProducts(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  listProducts(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  listProducts(argument: _hipstershop_EmptyInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  listProducts(argument: _hipstershop_EmptyInit, callback: grpc.requestCallback<_hipstershop_ListProductsResponse>): grpc.ClientUnaryCall;
  
  /**
   * Products whose name, description or categories contain the query; all of them for an empty one.
   */
  SearchProducts(argument: _hipstershop_SearchProductsRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  SearchProducts(argument: _hipstershop_SearchProductsRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  SearchProducts(argument: _hipstershop_SearchProductsRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  SearchProducts(argument: _hipstershop_SearchProductsRequestInit, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  /**
   * Products whose name, description or categories contain the query; all of them for an empty one.
   */
  searchProducts(argument: _hipstershop_SearchProductsRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  searchProducts(argument: _hipstershop_SearchProductsRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  searchProducts(argument: _hipstershop_SearchProductsRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  searchProducts(argument: _hipstershop_SearchProductsRequestInit, callback: grpc.requestCallback<_hipstershop_SearchProductsResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Knows the products.
 */
export interface ProductCatalogServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * NOT_FOUND for an id that no product has.
   */
  GetProduct: grpc.handleUnaryCall<_hipstershop_GetProductRequest, _hipstershop_ProductInit>;
  
  ListProducts: grpc.handleUnaryCall<_hipstershop_Empty, _hipstershop_ListProductsResponseInit>;
  
  /**
   * Products whose name, description or categories contain the query; all of them for an empty one.
   */
  SearchProducts: grpc.handleUnaryCall<_hipstershop_SearchProductsRequest, _hipstershop_SearchProductsResponseInit>;
  
}

export interface ProductCatalogServiceDefinition extends grpc.ServiceDefinition {
  GetProduct: MethodDefinition<_hipstershop_GetProductRequestInit, _hipstershop_ProductInit, _hipstershop_GetProductRequest, _hipstershop_Product>
  ListProducts: MethodDefinition<_hipstershop_EmptyInit, _hipstershop_ListProductsResponseInit, _hipstershop_Empty, _hipstershop_ListProductsResponse>
  SearchProducts: MethodDefinition<_hipstershop_SearchProductsRequestInit, _hipstershop_SearchProductsResponseInit, _hipstershop_SearchProductsRequest, _hipstershop_SearchProductsResponse>
}

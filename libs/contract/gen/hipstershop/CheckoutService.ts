// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetOrderRequestInit as _hipstershop_GetOrderRequestInit, GetOrderRequest as _hipstershop_GetOrderRequest } from '../hipstershop/GetOrderRequest.ts';
import type { ListOrdersRequestInit as _hipstershop_ListOrdersRequestInit, ListOrdersRequest as _hipstershop_ListOrdersRequest } from '../hipstershop/ListOrdersRequest.ts';
import type { ListOrdersResponseInit as _hipstershop_ListOrdersResponseInit, ListOrdersResponse as _hipstershop_ListOrdersResponse } from '../hipstershop/ListOrdersResponse.ts';
import type { PlaceOrderRequestInit as _hipstershop_PlaceOrderRequestInit, PlaceOrderRequest as _hipstershop_PlaceOrderRequest } from '../hipstershop/PlaceOrderRequest.ts';
import type { PlaceOrderResponseInit as _hipstershop_PlaceOrderResponseInit, PlaceOrderResponse as _hipstershop_PlaceOrderResponse } from '../hipstershop/PlaceOrderResponse.ts';

/**
 * Turns a cart into an order.
 */
export interface CheckoutServiceClient extends grpc.Client {
  /**
   * An order of a shopper; NOT_FOUND for that of somebody else, FAILED_PRECONDITION with words for one that was undone.
   */
  GetOrder(argument: _hipstershop_GetOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  GetOrder(argument: _hipstershop_GetOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  GetOrder(argument: _hipstershop_GetOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  GetOrder(argument: _hipstershop_GetOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  /**
   * An order of a shopper; NOT_FOUND for that of somebody else, FAILED_PRECONDITION with words for one that was undone.
   */
  getOrder(argument: _hipstershop_GetOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  getOrder(argument: _hipstershop_GetOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  getOrder(argument: _hipstershop_GetOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  getOrder(argument: _hipstershop_GetOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  
  /**
   * The latest orders of a shopper, newest first.
   */
  ListOrders(argument: _hipstershop_ListOrdersRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  ListOrders(argument: _hipstershop_ListOrdersRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  ListOrders(argument: _hipstershop_ListOrdersRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  ListOrders(argument: _hipstershop_ListOrdersRequestInit, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  /**
   * The latest orders of a shopper, newest first.
   */
  listOrders(argument: _hipstershop_ListOrdersRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  listOrders(argument: _hipstershop_ListOrdersRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  listOrders(argument: _hipstershop_ListOrdersRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  listOrders(argument: _hipstershop_ListOrdersRequestInit, callback: grpc.requestCallback<_hipstershop_ListOrdersResponse>): grpc.ClientUnaryCall;
  
  /**
   * With a key, once: asked again by the same key and shopper, the same order.
   */
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  /**
   * With a key, once: asked again by the same key and shopper, the same order.
   */
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Turns a cart into an order.
 */
export interface CheckoutServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * An order of a shopper; NOT_FOUND for that of somebody else, FAILED_PRECONDITION with words for one that was undone.
   */
  GetOrder: grpc.handleUnaryCall<_hipstershop_GetOrderRequest, _hipstershop_PlaceOrderResponseInit>;
  
  /**
   * The latest orders of a shopper, newest first.
   */
  ListOrders: grpc.handleUnaryCall<_hipstershop_ListOrdersRequest, _hipstershop_ListOrdersResponseInit>;
  
  /**
   * With a key, once: asked again by the same key and shopper, the same order.
   */
  PlaceOrder: grpc.handleUnaryCall<_hipstershop_PlaceOrderRequest, _hipstershop_PlaceOrderResponseInit>;
  
}

export interface CheckoutServiceDefinition extends grpc.ServiceDefinition {
  GetOrder: MethodDefinition<_hipstershop_GetOrderRequestInit, _hipstershop_PlaceOrderResponseInit, _hipstershop_GetOrderRequest, _hipstershop_PlaceOrderResponse>
  ListOrders: MethodDefinition<_hipstershop_ListOrdersRequestInit, _hipstershop_ListOrdersResponseInit, _hipstershop_ListOrdersRequest, _hipstershop_ListOrdersResponse>
  PlaceOrder: MethodDefinition<_hipstershop_PlaceOrderRequestInit, _hipstershop_PlaceOrderResponseInit, _hipstershop_PlaceOrderRequest, _hipstershop_PlaceOrderResponse>
}

// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { PlaceOrderRequestInit as _hipstershop_PlaceOrderRequestInit, PlaceOrderRequest as _hipstershop_PlaceOrderRequest } from '../hipstershop/PlaceOrderRequest.ts';
import type { PlaceOrderResponseInit as _hipstershop_PlaceOrderResponseInit, PlaceOrderResponse as _hipstershop_PlaceOrderResponse } from '../hipstershop/PlaceOrderResponse.ts';

/**
 * Turns a cart into an order.
 */
export interface CheckoutServiceClient extends grpc.Client {
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  PlaceOrder(argument: _hipstershop_PlaceOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  placeOrder(argument: _hipstershop_PlaceOrderRequestInit, callback: grpc.requestCallback<_hipstershop_PlaceOrderResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Turns a cart into an order.
 */
export interface CheckoutServiceHandlers extends grpc.UntypedServiceImplementation {
  PlaceOrder: grpc.handleUnaryCall<_hipstershop_PlaceOrderRequest, _hipstershop_PlaceOrderResponseInit>;
  
}

export interface CheckoutServiceDefinition extends grpc.ServiceDefinition {
  PlaceOrder: MethodDefinition<_hipstershop_PlaceOrderRequestInit, _hipstershop_PlaceOrderResponseInit, _hipstershop_PlaceOrderRequest, _hipstershop_PlaceOrderResponse>
}

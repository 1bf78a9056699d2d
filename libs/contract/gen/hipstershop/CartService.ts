// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AddItemRequestInit as _hipstershop_AddItemRequestInit, AddItemRequest as _hipstershop_AddItemRequest } from '../hipstershop/AddItemRequest.ts';
import type { CartInit as _hipstershop_CartInit, Cart as _hipstershop_Cart } from '../hipstershop/Cart.ts';
import type { EmptyInit as _hipstershop_EmptyInit, Empty as _hipstershop_Empty } from '../hipstershop/Empty.ts';
import type { EmptyCartRequestInit as _hipstershop_EmptyCartRequestInit, EmptyCartRequest as _hipstershop_EmptyCartRequest } from '../hipstershop/EmptyCartRequest.ts';
import type { GetCartRequestInit as _hipstershop_GetCartRequestInit, GetCartRequest as _hipstershop_GetCartRequest } from '../hipstershop/GetCartRequest.ts';

/**
 * Keeps what each shopper means to buy.
 */
export interface CartServiceClient extends grpc.Client {
  /**
   * Adds to the quantity of a line, or begins the line.
   */
  AddItem(argument: _hipstershop_AddItemRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  AddItem(argument: _hipstershop_AddItemRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  AddItem(argument: _hipstershop_AddItemRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  AddItem(argument: _hipstershop_AddItemRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  /**
   * Adds to the quantity of a line, or begins the line.
   */
  addItem(argument: _hipstershop_AddItemRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  addItem(argument: _hipstershop_AddItemRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  addItem(argument: _hipstershop_AddItemRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  addItem(argument: _hipstershop_AddItemRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  
  /**
   * Takes everything out; or, once by a key, only what it names.
   */
  EmptyCart(argument: _hipstershop_EmptyCartRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  EmptyCart(argument: _hipstershop_EmptyCartRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  EmptyCart(argument: _hipstershop_EmptyCartRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  EmptyCart(argument: _hipstershop_EmptyCartRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  /**
   * Takes everything out; or, once by a key, only what it names.
   */
  emptyCart(argument: _hipstershop_EmptyCartRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  emptyCart(argument: _hipstershop_EmptyCartRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  emptyCart(argument: _hipstershop_EmptyCartRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  emptyCart(argument: _hipstershop_EmptyCartRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  
  /**
   * The cart, lines in the order they were begun; empty for a shopper never seen.
   */
  GetCart(argument: _hipstershop_GetCartRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  GetCart(argument: _hipstershop_GetCartRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  GetCart(argument: _hipstershop_GetCartRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  GetCart(argument: _hipstershop_GetCartRequestInit, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  /**
   * The cart, lines in the order they were begun; empty for a shopper never seen.
   */
  getCart(argument: _hipstershop_GetCartRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  getCart(argument: _hipstershop_GetCartRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  getCart(argument: _hipstershop_GetCartRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  getCart(argument: _hipstershop_GetCartRequestInit, callback: grpc.requestCallback<_hipstershop_Cart>): grpc.ClientUnaryCall;
  
}

/**
 * Keeps what each shopper means to buy.
 */
export interface CartServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Adds to the quantity of a line, or begins the line.
   */
  AddItem: grpc.handleUnaryCall<_hipstershop_AddItemRequest, _hipstershop_EmptyInit>;
  
  /**
   * Takes everything out; or, once by a key, only what it names.
   */
  EmptyCart: grpc.handleUnaryCall<_hipstershop_EmptyCartRequest, _hipstershop_EmptyInit>;
  
  /**
   * The cart, lines in the order they were begun; empty for a shopper never seen.
   */
  GetCart: grpc.handleUnaryCall<_hipstershop_GetCartRequest, _hipstershop_CartInit>;
  
}

export interface CartServiceDefinition extends grpc.ServiceDefinition {
  AddItem: MethodDefinition<_hipstershop_AddItemRequestInit, _hipstershop_EmptyInit, _hipstershop_AddItemRequest, _hipstershop_Empty>
  EmptyCart: MethodDefinition<_hipstershop_EmptyCartRequestInit, _hipstershop_EmptyInit, _hipstershop_EmptyCartRequest, _hipstershop_Empty>
  GetCart: MethodDefinition<_hipstershop_GetCartRequestInit, _hipstershop_CartInit, _hipstershop_GetCartRequest, _hipstershop_Cart>
}

// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetQuoteRequestInit as _hipstershop_GetQuoteRequestInit, GetQuoteRequest as _hipstershop_GetQuoteRequest } from '../hipstershop/GetQuoteRequest.ts';
import type { GetQuoteResponseInit as _hipstershop_GetQuoteResponseInit, GetQuoteResponse as _hipstershop_GetQuoteResponse } from '../hipstershop/GetQuoteResponse.ts';
import type { ResolveRequestInit as _hipstershop_ResolveRequestInit, ResolveRequest as _hipstershop_ResolveRequest } from '../hipstershop/ResolveRequest.ts';
import type { ShipOrderRequestInit as _hipstershop_ShipOrderRequestInit, ShipOrderRequest as _hipstershop_ShipOrderRequest } from '../hipstershop/ShipOrderRequest.ts';
import type { ShipOrderResponseInit as _hipstershop_ShipOrderResponseInit, ShipOrderResponse as _hipstershop_ShipOrderResponse } from '../hipstershop/ShipOrderResponse.ts';

/**
 * Sends parcels.
 */
export interface ShippingServiceClient extends grpc.Client {
  /**
   * What it costs to deliver some items.
   */
  GetQuote(argument: _hipstershop_GetQuoteRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  GetQuote(argument: _hipstershop_GetQuoteRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  GetQuote(argument: _hipstershop_GetQuoteRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  GetQuote(argument: _hipstershop_GetQuoteRequestInit, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  /**
   * What it costs to deliver some items.
   */
  getQuote(argument: _hipstershop_GetQuoteRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  getQuote(argument: _hipstershop_GetQuoteRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  getQuote(argument: _hipstershop_GetQuoteRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  getQuote(argument: _hipstershop_GetQuoteRequestInit, callback: grpc.requestCallback<_hipstershop_GetQuoteResponse>): grpc.ClientUnaryCall;
  
  /**
   * What became of a parcel, by its key. Where there is none (tracking_id is empty), none is sent by that key any more.
   */
  ResolveShipment(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ResolveShipment(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ResolveShipment(argument: _hipstershop_ResolveRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ResolveShipment(argument: _hipstershop_ResolveRequestInit, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  /**
   * What became of a parcel, by its key. Where there is none (tracking_id is empty), none is sent by that key any more.
   */
  resolveShipment(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  resolveShipment(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  resolveShipment(argument: _hipstershop_ResolveRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  resolveShipment(argument: _hipstershop_ResolveRequestInit, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  
  /**
   * With a key, once: asked again by the same key, the same parcel.
   */
  ShipOrder(argument: _hipstershop_ShipOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ShipOrder(argument: _hipstershop_ShipOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ShipOrder(argument: _hipstershop_ShipOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  ShipOrder(argument: _hipstershop_ShipOrderRequestInit, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  /**
   * With a key, once: asked again by the same key, the same parcel.
   */
  shipOrder(argument: _hipstershop_ShipOrderRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  shipOrder(argument: _hipstershop_ShipOrderRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  shipOrder(argument: _hipstershop_ShipOrderRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  shipOrder(argument: _hipstershop_ShipOrderRequestInit, callback: grpc.requestCallback<_hipstershop_ShipOrderResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Sends parcels.
 */
export interface ShippingServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * What it costs to deliver some items.
   */
  GetQuote: grpc.handleUnaryCall<_hipstershop_GetQuoteRequest, _hipstershop_GetQuoteResponseInit>;
  
  /**
   * What became of a parcel, by its key. Where there is none (tracking_id is empty), none is sent by that key any more.
   */
  ResolveShipment: grpc.handleUnaryCall<_hipstershop_ResolveRequest, _hipstershop_ShipOrderResponseInit>;
  
  /**
   * With a key, once: asked again by the same key, the same parcel.
   */
  ShipOrder: grpc.handleUnaryCall<_hipstershop_ShipOrderRequest, _hipstershop_ShipOrderResponseInit>;
  
}

export interface ShippingServiceDefinition extends grpc.ServiceDefinition {
  GetQuote: MethodDefinition<_hipstershop_GetQuoteRequestInit, _hipstershop_GetQuoteResponseInit, _hipstershop_GetQuoteRequest, _hipstershop_GetQuoteResponse>
  ResolveShipment: MethodDefinition<_hipstershop_ResolveRequestInit, _hipstershop_ShipOrderResponseInit, _hipstershop_ResolveRequest, _hipstershop_ShipOrderResponse>
  ShipOrder: MethodDefinition<_hipstershop_ShipOrderRequestInit, _hipstershop_ShipOrderResponseInit, _hipstershop_ShipOrderRequest, _hipstershop_ShipOrderResponse>
}

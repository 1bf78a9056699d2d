// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChargeRequestInit as _hipstershop_ChargeRequestInit, ChargeRequest as _hipstershop_ChargeRequest } from '../hipstershop/ChargeRequest.ts';
import type { ChargeResponseInit as _hipstershop_ChargeResponseInit, ChargeResponse as _hipstershop_ChargeResponse } from '../hipstershop/ChargeResponse.ts';
import type { RefundRequestInit as _hipstershop_RefundRequestInit, RefundRequest as _hipstershop_RefundRequest } from '../hipstershop/RefundRequest.ts';
import type { RefundResponseInit as _hipstershop_RefundResponseInit, RefundResponse as _hipstershop_RefundResponse } from '../hipstershop/RefundResponse.ts';
import type { ResolveRequestInit as _hipstershop_ResolveRequestInit, ResolveRequest as _hipstershop_ResolveRequest } from '../hipstershop/ResolveRequest.ts';

/**
 * Charges cards.
 */
export interface PaymentServiceClient extends grpc.Client {
  /**
   * With a key, once: asked again by the same key, the same charge.
   */
  Charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  /**
   * With a key, once: asked again by the same key, the same charge.
   */
  charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  charge(argument: _hipstershop_ChargeRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  charge(argument: _hipstershop_ChargeRequestInit, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  
  /**
   * Gives a charge back, once.
   */
  Refund(argument: _hipstershop_RefundRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  Refund(argument: _hipstershop_RefundRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  Refund(argument: _hipstershop_RefundRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  Refund(argument: _hipstershop_RefundRequestInit, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  /**
   * Gives a charge back, once.
   */
  refund(argument: _hipstershop_RefundRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  refund(argument: _hipstershop_RefundRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  refund(argument: _hipstershop_RefundRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  refund(argument: _hipstershop_RefundRequestInit, callback: grpc.requestCallback<_hipstershop_RefundResponse>): grpc.ClientUnaryCall;
  
  /**
   * What became of a charge, by its key. Where there is none (transaction_id is empty), none is made by that key any more.
   */
  ResolveCharge(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  ResolveCharge(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  ResolveCharge(argument: _hipstershop_ResolveRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  ResolveCharge(argument: _hipstershop_ResolveRequestInit, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  /**
   * What became of a charge, by its key. Where there is none (transaction_id is empty), none is made by that key any more.
   */
  resolveCharge(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  resolveCharge(argument: _hipstershop_ResolveRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  resolveCharge(argument: _hipstershop_ResolveRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  resolveCharge(argument: _hipstershop_ResolveRequestInit, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Charges cards.
 */
export interface PaymentServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * With a key, once: asked again by the same key, the same charge.
   */
  Charge: grpc.handleUnaryCall<_hipstershop_ChargeRequest, _hipstershop_ChargeResponseInit>;
  
  /**
   * Gives a charge back, once.
   */
  Refund: grpc.handleUnaryCall<_hipstershop_RefundRequest, _hipstershop_RefundResponseInit>;
  
  /**
   * What became of a charge, by its key. Where there is none (transaction_id is empty), none is made by that key any more.
   */
  ResolveCharge: grpc.handleUnaryCall<_hipstershop_ResolveRequest, _hipstershop_ChargeResponseInit>;
  
}

export interface PaymentServiceDefinition extends grpc.ServiceDefinition {
  Charge: MethodDefinition<_hipstershop_ChargeRequestInit, _hipstershop_ChargeResponseInit, _hipstershop_ChargeRequest, _hipstershop_ChargeResponse>
  Refund: MethodDefinition<_hipstershop_RefundRequestInit, _hipstershop_RefundResponseInit, _hipstershop_RefundRequest, _hipstershop_RefundResponse>
  ResolveCharge: MethodDefinition<_hipstershop_ResolveRequestInit, _hipstershop_ChargeResponseInit, _hipstershop_ResolveRequest, _hipstershop_ChargeResponse>
}

// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChargeRequestInit as _hipstershop_ChargeRequestInit, ChargeRequest as _hipstershop_ChargeRequest } from '../hipstershop/ChargeRequest.ts';
import type { ChargeResponseInit as _hipstershop_ChargeResponseInit, ChargeResponse as _hipstershop_ChargeResponse } from '../hipstershop/ChargeResponse.ts';
import type { RefundRequestInit as _hipstershop_RefundRequestInit, RefundRequest as _hipstershop_RefundRequest } from '../hipstershop/RefundRequest.ts';
import type { RefundResponseInit as _hipstershop_RefundResponseInit, RefundResponse as _hipstershop_RefundResponse } from '../hipstershop/RefundResponse.ts';

/**
 * Charges cards.
 */
export interface PaymentServiceClient extends grpc.Client {
  Charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
  Charge(argument: _hipstershop_ChargeRequestInit, callback: grpc.requestCallback<_hipstershop_ChargeResponse>): grpc.ClientUnaryCall;
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
  
}

/**
 * Charges cards.
 */
export interface PaymentServiceHandlers extends grpc.UntypedServiceImplementation {
  Charge: grpc.handleUnaryCall<_hipstershop_ChargeRequest, _hipstershop_ChargeResponseInit>;
  
  /**
   * Gives a charge back, once.
   */
  Refund: grpc.handleUnaryCall<_hipstershop_RefundRequest, _hipstershop_RefundResponseInit>;
  
}

export interface PaymentServiceDefinition extends grpc.ServiceDefinition {
  Charge: MethodDefinition<_hipstershop_ChargeRequestInit, _hipstershop_ChargeResponseInit, _hipstershop_ChargeRequest, _hipstershop_ChargeResponse>
  Refund: MethodDefinition<_hipstershop_RefundRequestInit, _hipstershop_RefundResponseInit, _hipstershop_RefundRequest, _hipstershop_RefundResponse>
}

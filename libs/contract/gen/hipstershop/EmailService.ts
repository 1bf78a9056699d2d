// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EmptyInit as _hipstershop_EmptyInit, Empty as _hipstershop_Empty } from '../hipstershop/Empty.ts';
import type { SendOrderConfirmationRequestInit as _hipstershop_SendOrderConfirmationRequestInit, SendOrderConfirmationRequest as _hipstershop_SendOrderConfirmationRequest } from '../hipstershop/SendOrderConfirmationRequest.ts';

/**
 * Writes to shoppers.
 */
export interface EmailServiceClient extends grpc.Client {
  SendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  SendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  SendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  SendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  sendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  sendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  sendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  sendOrderConfirmation(argument: _hipstershop_SendOrderConfirmationRequestInit, callback: grpc.requestCallback<_hipstershop_Empty>): grpc.ClientUnaryCall;
  
}

/**
 * Writes to shoppers.
 */
export interface EmailServiceHandlers extends grpc.UntypedServiceImplementation {
  SendOrderConfirmation: grpc.handleUnaryCall<_hipstershop_SendOrderConfirmationRequest, _hipstershop_EmptyInit>;
  
}

export interface EmailServiceDefinition extends grpc.ServiceDefinition {
  SendOrderConfirmation: MethodDefinition<_hipstershop_SendOrderConfirmationRequestInit, _hipstershop_EmptyInit, _hipstershop_SendOrderConfirmationRequest, _hipstershop_Empty>
}

// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AdRequestInit as _hipstershop_AdRequestInit, AdRequest as _hipstershop_AdRequest } from '../hipstershop/AdRequest.ts';
import type { AdResponseInit as _hipstershop_AdResponseInit, AdResponse as _hipstershop_AdResponse } from '../hipstershop/AdResponse.ts';

/**
 * Shows advertisements.
 */
export interface AdServiceClient extends grpc.Client {
  /**
   * Ads for some categories; any ads when there are none for them, so never an empty list.
   */
  GetAds(argument: _hipstershop_AdRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  GetAds(argument: _hipstershop_AdRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  GetAds(argument: _hipstershop_AdRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  GetAds(argument: _hipstershop_AdRequestInit, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  /**
   * Ads for some categories; any ads when there are none for them, so never an empty list.
   */
  getAds(argument: _hipstershop_AdRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  getAds(argument: _hipstershop_AdRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  getAds(argument: _hipstershop_AdRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  getAds(argument: _hipstershop_AdRequestInit, callback: grpc.requestCallback<_hipstershop_AdResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Shows advertisements.
 */
export interface AdServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Ads for some categories; any ads when there are none for them, so never an empty list.
   */
  GetAds: grpc.handleUnaryCall<_hipstershop_AdRequest, _hipstershop_AdResponseInit>;
  
}

export interface AdServiceDefinition extends grpc.ServiceDefinition {
  GetAds: MethodDefinition<_hipstershop_AdRequestInit, _hipstershop_AdResponseInit, _hipstershop_AdRequest, _hipstershop_AdResponse>
}

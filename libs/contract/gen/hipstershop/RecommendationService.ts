// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ListRecommendationsRequestInit as _hipstershop_ListRecommendationsRequestInit, ListRecommendationsRequest as _hipstershop_ListRecommendationsRequest } from '../hipstershop/ListRecommendationsRequest.ts';
import type { ListRecommendationsResponseInit as _hipstershop_ListRecommendationsResponseInit, ListRecommendationsResponse as _hipstershop_ListRecommendationsResponse } from '../hipstershop/ListRecommendationsResponse.ts';

/**
 * Suggests products.
 */
export interface RecommendationServiceClient extends grpc.Client {
  /**
   * Up to five products, none of those asked about.
   */
  ListRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  ListRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  ListRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  ListRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  /**
   * Up to five products, none of those asked about.
   */
  listRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  listRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  listRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  listRecommendations(argument: _hipstershop_ListRecommendationsRequestInit, callback: grpc.requestCallback<_hipstershop_ListRecommendationsResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Suggests products.
 */
export interface RecommendationServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Up to five products, none of those asked about.
   */
  ListRecommendations: grpc.handleUnaryCall<_hipstershop_ListRecommendationsRequest, _hipstershop_ListRecommendationsResponseInit>;
  
}

export interface RecommendationServiceDefinition extends grpc.ServiceDefinition {
  ListRecommendations: MethodDefinition<_hipstershop_ListRecommendationsRequestInit, _hipstershop_ListRecommendationsResponseInit, _hipstershop_ListRecommendationsRequest, _hipstershop_ListRecommendationsResponse>
}

// Original file: ../../protos/shop.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ConvertManyRequestInit as _hipstershop_ConvertManyRequestInit, ConvertManyRequest as _hipstershop_ConvertManyRequest } from '../hipstershop/ConvertManyRequest.ts';
import type { ConvertManyResponseInit as _hipstershop_ConvertManyResponseInit, ConvertManyResponse as _hipstershop_ConvertManyResponse } from '../hipstershop/ConvertManyResponse.ts';
import type { CurrencyConversionRequestInit as _hipstershop_CurrencyConversionRequestInit, CurrencyConversionRequest as _hipstershop_CurrencyConversionRequest } from '../hipstershop/CurrencyConversionRequest.ts';
import type { EmptyInit as _hipstershop_EmptyInit, Empty as _hipstershop_Empty } from '../hipstershop/Empty.ts';
import type { GetSupportedCurrenciesResponseInit as _hipstershop_GetSupportedCurrenciesResponseInit, GetSupportedCurrenciesResponse as _hipstershop_GetSupportedCurrenciesResponse } from '../hipstershop/GetSupportedCurrenciesResponse.ts';
import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from '../hipstershop/Money.ts';

/**
 * Converts between currencies.
 */
export interface CurrencyServiceClient extends grpc.Client {
  Convert(argument: _hipstershop_CurrencyConversionRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  Convert(argument: _hipstershop_CurrencyConversionRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  Convert(argument: _hipstershop_CurrencyConversionRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  Convert(argument: _hipstershop_CurrencyConversionRequestInit, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  convert(argument: _hipstershop_CurrencyConversionRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  convert(argument: _hipstershop_CurrencyConversionRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  convert(argument: _hipstershop_CurrencyConversionRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  convert(argument: _hipstershop_CurrencyConversionRequestInit, callback: grpc.requestCallback<_hipstershop_Money>): grpc.ClientUnaryCall;
  
  /**
   * Convert for many amounts at once: one answer for each, in the order asked.
   */
  ConvertMany(argument: _hipstershop_ConvertManyRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  ConvertMany(argument: _hipstershop_ConvertManyRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  ConvertMany(argument: _hipstershop_ConvertManyRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  ConvertMany(argument: _hipstershop_ConvertManyRequestInit, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  /**
   * Convert for many amounts at once: one answer for each, in the order asked.
   */
  convertMany(argument: _hipstershop_ConvertManyRequestInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  convertMany(argument: _hipstershop_ConvertManyRequestInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  convertMany(argument: _hipstershop_ConvertManyRequestInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  convertMany(argument: _hipstershop_ConvertManyRequestInit, callback: grpc.requestCallback<_hipstershop_ConvertManyResponse>): grpc.ClientUnaryCall;
  
  GetSupportedCurrencies(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  GetSupportedCurrencies(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  GetSupportedCurrencies(argument: _hipstershop_EmptyInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  GetSupportedCurrencies(argument: _hipstershop_EmptyInit, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  getSupportedCurrencies(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  getSupportedCurrencies(argument: _hipstershop_EmptyInit, metadata: grpc.Metadata, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  getSupportedCurrencies(argument: _hipstershop_EmptyInit, options: grpc.CallOptions, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  getSupportedCurrencies(argument: _hipstershop_EmptyInit, callback: grpc.requestCallback<_hipstershop_GetSupportedCurrenciesResponse>): grpc.ClientUnaryCall;
  
}

/**
 * Converts between currencies.
 */
export interface CurrencyServiceHandlers extends grpc.UntypedServiceImplementation {
  Convert: grpc.handleUnaryCall<_hipstershop_CurrencyConversionRequest, _hipstershop_MoneyInit>;
  
  /**
   * Convert for many amounts at once: one answer for each, in the order asked.
   */
  ConvertMany: grpc.handleUnaryCall<_hipstershop_ConvertManyRequest, _hipstershop_ConvertManyResponseInit>;
  
  GetSupportedCurrencies: grpc.handleUnaryCall<_hipstershop_Empty, _hipstershop_GetSupportedCurrenciesResponseInit>;
  
}

export interface CurrencyServiceDefinition extends grpc.ServiceDefinition {
  Convert: MethodDefinition<_hipstershop_CurrencyConversionRequestInit, _hipstershop_MoneyInit, _hipstershop_CurrencyConversionRequest, _hipstershop_Money>
  ConvertMany: MethodDefinition<_hipstershop_ConvertManyRequestInit, _hipstershop_ConvertManyResponseInit, _hipstershop_ConvertManyRequest, _hipstershop_ConvertManyResponse>
  GetSupportedCurrencies: MethodDefinition<_hipstershop_EmptyInit, _hipstershop_GetSupportedCurrenciesResponseInit, _hipstershop_Empty, _hipstershop_GetSupportedCurrenciesResponse>
}

import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AdInit as _hipstershop_AdInit, Ad as _hipstershop_Ad } from './hipstershop/Ad.ts';
import type { AdRequestInit as _hipstershop_AdRequestInit, AdRequest as _hipstershop_AdRequest } from './hipstershop/AdRequest.ts';
import type { AdResponseInit as _hipstershop_AdResponseInit, AdResponse as _hipstershop_AdResponse } from './hipstershop/AdResponse.ts';
import type { AdServiceClient as _hipstershop_AdServiceClient, AdServiceDefinition as _hipstershop_AdServiceDefinition } from './hipstershop/AdService.ts';
import type { AddItemRequestInit as _hipstershop_AddItemRequestInit, AddItemRequest as _hipstershop_AddItemRequest } from './hipstershop/AddItemRequest.ts';
import type { AddressInit as _hipstershop_AddressInit, Address as _hipstershop_Address } from './hipstershop/Address.ts';
import type { CartInit as _hipstershop_CartInit, Cart as _hipstershop_Cart } from './hipstershop/Cart.ts';
import type { CartItemInit as _hipstershop_CartItemInit, CartItem as _hipstershop_CartItem } from './hipstershop/CartItem.ts';
import type { CartServiceClient as _hipstershop_CartServiceClient, CartServiceDefinition as _hipstershop_CartServiceDefinition } from './hipstershop/CartService.ts';
import type { ChargeRequestInit as _hipstershop_ChargeRequestInit, ChargeRequest as _hipstershop_ChargeRequest } from './hipstershop/ChargeRequest.ts';
import type { ChargeResponseInit as _hipstershop_ChargeResponseInit, ChargeResponse as _hipstershop_ChargeResponse } from './hipstershop/ChargeResponse.ts';
import type { CheckoutServiceClient as _hipstershop_CheckoutServiceClient, CheckoutServiceDefinition as _hipstershop_CheckoutServiceDefinition } from './hipstershop/CheckoutService.ts';
import type { ConvertManyRequestInit as _hipstershop_ConvertManyRequestInit, ConvertManyRequest as _hipstershop_ConvertManyRequest } from './hipstershop/ConvertManyRequest.ts';
import type { ConvertManyResponseInit as _hipstershop_ConvertManyResponseInit, ConvertManyResponse as _hipstershop_ConvertManyResponse } from './hipstershop/ConvertManyResponse.ts';
import type { CreditCardInfoInit as _hipstershop_CreditCardInfoInit, CreditCardInfo as _hipstershop_CreditCardInfo } from './hipstershop/CreditCardInfo.ts';
import type { CurrencyConversionRequestInit as _hipstershop_CurrencyConversionRequestInit, CurrencyConversionRequest as _hipstershop_CurrencyConversionRequest } from './hipstershop/CurrencyConversionRequest.ts';
import type { CurrencyServiceClient as _hipstershop_CurrencyServiceClient, CurrencyServiceDefinition as _hipstershop_CurrencyServiceDefinition } from './hipstershop/CurrencyService.ts';
import type { EmailServiceClient as _hipstershop_EmailServiceClient, EmailServiceDefinition as _hipstershop_EmailServiceDefinition } from './hipstershop/EmailService.ts';
import type { EmptyInit as _hipstershop_EmptyInit, Empty as _hipstershop_Empty } from './hipstershop/Empty.ts';
import type { EmptyCartRequestInit as _hipstershop_EmptyCartRequestInit, EmptyCartRequest as _hipstershop_EmptyCartRequest } from './hipstershop/EmptyCartRequest.ts';
import type { GetCartRequestInit as _hipstershop_GetCartRequestInit, GetCartRequest as _hipstershop_GetCartRequest } from './hipstershop/GetCartRequest.ts';
import type { GetOrderRequestInit as _hipstershop_GetOrderRequestInit, GetOrderRequest as _hipstershop_GetOrderRequest } from './hipstershop/GetOrderRequest.ts';
import type { GetProductRequestInit as _hipstershop_GetProductRequestInit, GetProductRequest as _hipstershop_GetProductRequest } from './hipstershop/GetProductRequest.ts';
import type { GetQuoteRequestInit as _hipstershop_GetQuoteRequestInit, GetQuoteRequest as _hipstershop_GetQuoteRequest } from './hipstershop/GetQuoteRequest.ts';
import type { GetQuoteResponseInit as _hipstershop_GetQuoteResponseInit, GetQuoteResponse as _hipstershop_GetQuoteResponse } from './hipstershop/GetQuoteResponse.ts';
import type { GetSupportedCurrenciesResponseInit as _hipstershop_GetSupportedCurrenciesResponseInit, GetSupportedCurrenciesResponse as _hipstershop_GetSupportedCurrenciesResponse } from './hipstershop/GetSupportedCurrenciesResponse.ts';
import type { ListOrdersRequestInit as _hipstershop_ListOrdersRequestInit, ListOrdersRequest as _hipstershop_ListOrdersRequest } from './hipstershop/ListOrdersRequest.ts';
import type { ListOrdersResponseInit as _hipstershop_ListOrdersResponseInit, ListOrdersResponse as _hipstershop_ListOrdersResponse } from './hipstershop/ListOrdersResponse.ts';
import type { ListProductsResponseInit as _hipstershop_ListProductsResponseInit, ListProductsResponse as _hipstershop_ListProductsResponse } from './hipstershop/ListProductsResponse.ts';
import type { ListRecommendationsRequestInit as _hipstershop_ListRecommendationsRequestInit, ListRecommendationsRequest as _hipstershop_ListRecommendationsRequest } from './hipstershop/ListRecommendationsRequest.ts';
import type { ListRecommendationsResponseInit as _hipstershop_ListRecommendationsResponseInit, ListRecommendationsResponse as _hipstershop_ListRecommendationsResponse } from './hipstershop/ListRecommendationsResponse.ts';
import type { MoneyInit as _hipstershop_MoneyInit, Money as _hipstershop_Money } from './hipstershop/Money.ts';
import type { OrderItemInit as _hipstershop_OrderItemInit, OrderItem as _hipstershop_OrderItem } from './hipstershop/OrderItem.ts';
import type { OrderResultInit as _hipstershop_OrderResultInit, OrderResult as _hipstershop_OrderResult } from './hipstershop/OrderResult.ts';
import type { PaymentServiceClient as _hipstershop_PaymentServiceClient, PaymentServiceDefinition as _hipstershop_PaymentServiceDefinition } from './hipstershop/PaymentService.ts';
import type { PlaceOrderRequestInit as _hipstershop_PlaceOrderRequestInit, PlaceOrderRequest as _hipstershop_PlaceOrderRequest } from './hipstershop/PlaceOrderRequest.ts';
import type { PlaceOrderResponseInit as _hipstershop_PlaceOrderResponseInit, PlaceOrderResponse as _hipstershop_PlaceOrderResponse } from './hipstershop/PlaceOrderResponse.ts';
import type { ProductInit as _hipstershop_ProductInit, Product as _hipstershop_Product } from './hipstershop/Product.ts';
import type { ProductCatalogServiceClient as _hipstershop_ProductCatalogServiceClient, ProductCatalogServiceDefinition as _hipstershop_ProductCatalogServiceDefinition } from './hipstershop/ProductCatalogService.ts';
import type { RecommendationServiceClient as _hipstershop_RecommendationServiceClient, RecommendationServiceDefinition as _hipstershop_RecommendationServiceDefinition } from './hipstershop/RecommendationService.ts';
import type { RefundRequestInit as _hipstershop_RefundRequestInit, RefundRequest as _hipstershop_RefundRequest } from './hipstershop/RefundRequest.ts';
import type { RefundResponseInit as _hipstershop_RefundResponseInit, RefundResponse as _hipstershop_RefundResponse } from './hipstershop/RefundResponse.ts';
import type { ResolveRequestInit as _hipstershop_ResolveRequestInit, ResolveRequest as _hipstershop_ResolveRequest } from './hipstershop/ResolveRequest.ts';
import type { SearchProductsRequestInit as _hipstershop_SearchProductsRequestInit, SearchProductsRequest as _hipstershop_SearchProductsRequest } from './hipstershop/SearchProductsRequest.ts';
import type { SearchProductsResponseInit as _hipstershop_SearchProductsResponseInit, SearchProductsResponse as _hipstershop_SearchProductsResponse } from './hipstershop/SearchProductsResponse.ts';
import type { SendOrderConfirmationRequestInit as _hipstershop_SendOrderConfirmationRequestInit, SendOrderConfirmationRequest as _hipstershop_SendOrderConfirmationRequest } from './hipstershop/SendOrderConfirmationRequest.ts';
import type { ShipOrderRequestInit as _hipstershop_ShipOrderRequestInit, ShipOrderRequest as _hipstershop_ShipOrderRequest } from './hipstershop/ShipOrderRequest.ts';
import type { ShipOrderResponseInit as _hipstershop_ShipOrderResponseInit, ShipOrderResponse as _hipstershop_ShipOrderResponse } from './hipstershop/ShipOrderResponse.ts';
import type { ShippingServiceClient as _hipstershop_ShippingServiceClient, ShippingServiceDefinition as _hipstershop_ShippingServiceDefinition } from './hipstershop/ShippingService.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  hipstershop: {
    Ad: MessageTypeDefinition<_hipstershop_AdInit, _hipstershop_Ad>
    AdRequest: MessageTypeDefinition<_hipstershop_AdRequestInit, _hipstershop_AdRequest>
    AdResponse: MessageTypeDefinition<_hipstershop_AdResponseInit, _hipstershop_AdResponse>
    /**
     * Shows advertisements.
     */
    AdService: SubtypeConstructor<typeof grpc.Client, _hipstershop_AdServiceClient> & { service: _hipstershop_AdServiceDefinition }
    AddItemRequest: MessageTypeDefinition<_hipstershop_AddItemRequestInit, _hipstershop_AddItemRequest>
    Address: MessageTypeDefinition<_hipstershop_AddressInit, _hipstershop_Address>
    Cart: MessageTypeDefinition<_hipstershop_CartInit, _hipstershop_Cart>
    CartItem: MessageTypeDefinition<_hipstershop_CartItemInit, _hipstershop_CartItem>
    /**
     * Keeps what each shopper means to buy.
     */
    CartService: SubtypeConstructor<typeof grpc.Client, _hipstershop_CartServiceClient> & { service: _hipstershop_CartServiceDefinition }
    ChargeRequest: MessageTypeDefinition<_hipstershop_ChargeRequestInit, _hipstershop_ChargeRequest>
    ChargeResponse: MessageTypeDefinition<_hipstershop_ChargeResponseInit, _hipstershop_ChargeResponse>
    /**
     * Turns a cart into an order.
     */
    CheckoutService: SubtypeConstructor<typeof grpc.Client, _hipstershop_CheckoutServiceClient> & { service: _hipstershop_CheckoutServiceDefinition }
    ConvertManyRequest: MessageTypeDefinition<_hipstershop_ConvertManyRequestInit, _hipstershop_ConvertManyRequest>
    ConvertManyResponse: MessageTypeDefinition<_hipstershop_ConvertManyResponseInit, _hipstershop_ConvertManyResponse>
    CreditCardInfo: MessageTypeDefinition<_hipstershop_CreditCardInfoInit, _hipstershop_CreditCardInfo>
    CurrencyConversionRequest: MessageTypeDefinition<_hipstershop_CurrencyConversionRequestInit, _hipstershop_CurrencyConversionRequest>
    /**
     * Converts between currencies.
     */
    CurrencyService: SubtypeConstructor<typeof grpc.Client, _hipstershop_CurrencyServiceClient> & { service: _hipstershop_CurrencyServiceDefinition }
    /**
     * Writes to shoppers.
     */
    EmailService: SubtypeConstructor<typeof grpc.Client, _hipstershop_EmailServiceClient> & { service: _hipstershop_EmailServiceDefinition }
    Empty: MessageTypeDefinition<_hipstershop_EmptyInit, _hipstershop_Empty>
    EmptyCartRequest: MessageTypeDefinition<_hipstershop_EmptyCartRequestInit, _hipstershop_EmptyCartRequest>
    GetCartRequest: MessageTypeDefinition<_hipstershop_GetCartRequestInit, _hipstershop_GetCartRequest>
    GetOrderRequest: MessageTypeDefinition<_hipstershop_GetOrderRequestInit, _hipstershop_GetOrderRequest>
    GetProductRequest: MessageTypeDefinition<_hipstershop_GetProductRequestInit, _hipstershop_GetProductRequest>
    GetQuoteRequest: MessageTypeDefinition<_hipstershop_GetQuoteRequestInit, _hipstershop_GetQuoteRequest>
    GetQuoteResponse: MessageTypeDefinition<_hipstershop_GetQuoteResponseInit, _hipstershop_GetQuoteResponse>
    GetSupportedCurrenciesResponse: MessageTypeDefinition<_hipstershop_GetSupportedCurrenciesResponseInit, _hipstershop_GetSupportedCurrenciesResponse>
    ListOrdersRequest: MessageTypeDefinition<_hipstershop_ListOrdersRequestInit, _hipstershop_ListOrdersRequest>
    ListOrdersResponse: MessageTypeDefinition<_hipstershop_ListOrdersResponseInit, _hipstershop_ListOrdersResponse>
    ListProductsResponse: MessageTypeDefinition<_hipstershop_ListProductsResponseInit, _hipstershop_ListProductsResponse>
    ListRecommendationsRequest: MessageTypeDefinition<_hipstershop_ListRecommendationsRequestInit, _hipstershop_ListRecommendationsRequest>
    ListRecommendationsResponse: MessageTypeDefinition<_hipstershop_ListRecommendationsResponseInit, _hipstershop_ListRecommendationsResponse>
    Money: MessageTypeDefinition<_hipstershop_MoneyInit, _hipstershop_Money>
    OrderItem: MessageTypeDefinition<_hipstershop_OrderItemInit, _hipstershop_OrderItem>
    OrderResult: MessageTypeDefinition<_hipstershop_OrderResultInit, _hipstershop_OrderResult>
    /**
     * Charges cards.
     */
    PaymentService: SubtypeConstructor<typeof grpc.Client, _hipstershop_PaymentServiceClient> & { service: _hipstershop_PaymentServiceDefinition }
    PlaceOrderRequest: MessageTypeDefinition<_hipstershop_PlaceOrderRequestInit, _hipstershop_PlaceOrderRequest>
    PlaceOrderResponse: MessageTypeDefinition<_hipstershop_PlaceOrderResponseInit, _hipstershop_PlaceOrderResponse>
    Product: MessageTypeDefinition<_hipstershop_ProductInit, _hipstershop_Product>
    /**
     * Knows the products.
     */
    ProductCatalogService: SubtypeConstructor<typeof grpc.Client, _hipstershop_ProductCatalogServiceClient> & { service: _hipstershop_ProductCatalogServiceDefinition }
    /**
     * Suggests products.
     */
    RecommendationService: SubtypeConstructor<typeof grpc.Client, _hipstershop_RecommendationServiceClient> & { service: _hipstershop_RecommendationServiceDefinition }
    RefundRequest: MessageTypeDefinition<_hipstershop_RefundRequestInit, _hipstershop_RefundRequest>
    RefundResponse: MessageTypeDefinition<_hipstershop_RefundResponseInit, _hipstershop_RefundResponse>
    ResolveRequest: MessageTypeDefinition<_hipstershop_ResolveRequestInit, _hipstershop_ResolveRequest>
    SearchProductsRequest: MessageTypeDefinition<_hipstershop_SearchProductsRequestInit, _hipstershop_SearchProductsRequest>
    SearchProductsResponse: MessageTypeDefinition<_hipstershop_SearchProductsResponseInit, _hipstershop_SearchProductsResponse>
    SendOrderConfirmationRequest: MessageTypeDefinition<_hipstershop_SendOrderConfirmationRequestInit, _hipstershop_SendOrderConfirmationRequest>
    ShipOrderRequest: MessageTypeDefinition<_hipstershop_ShipOrderRequestInit, _hipstershop_ShipOrderRequest>
    ShipOrderResponse: MessageTypeDefinition<_hipstershop_ShipOrderResponseInit, _hipstershop_ShipOrderResponse>
    /**
     * Sends parcels.
     */
    ShippingService: SubtypeConstructor<typeof grpc.Client, _hipstershop_ShippingServiceClient> & { service: _hipstershop_ShippingServiceDefinition }
  }
}


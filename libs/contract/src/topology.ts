import { type ClientOf, type HandlersOf, shop } from "./proto.ts";
import { type Name, roster } from "./roster.ts";

export { defaultAddress, frontendGrpcPort, metricsPort, type Name, names } from "./roster.ts";

/** The roster, and what each speaks. It stands apart because the protos take 80 ms to load. */
export const topology = {
  frontend: roster.frontend,
  cart: { ...roster.cart, service: shop.CartService.service },
  catalog: { ...roster.catalog, service: shop.ProductCatalogService.service },
  currency: { ...roster.currency, service: shop.CurrencyService.service },
  checkout: { ...roster.checkout, service: shop.CheckoutService.service },
  payment: { ...roster.payment, service: shop.PaymentService.service },
  shipping: { ...roster.shipping, service: shop.ShippingService.service },
  email: { ...roster.email, service: shop.EmailService.service },
  ad: { ...roster.ad, service: shop.AdService.service },
  recommendation: { ...roster.recommendation, service: shop.RecommendationService.service },
} as const;

/** Everyone but the frontend, which others do not call by gRPC. */
export type ServiceName = Exclude<Name, "frontend">;

export type Handlers<N extends ServiceName> = HandlersOf<(typeof topology)[N]["service"]>;
export type Client<N extends ServiceName> = ClientOf<(typeof topology)[N]["service"]>;

/** Clients by name, as narrow as the use: `Peers<"cart" | "shipping">`. */
export type Peers<N extends ServiceName> = { readonly [K in N]: Client<K> };

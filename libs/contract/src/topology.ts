import { type ClientOf, type HandlersOf, shop } from "./proto.ts";

/**
 * Who there is, what each speaks and where it listens. Nothing else in the code names a port.
 *
 * `workload` is its name in a cluster, in logs, metrics and traces; `port` where its process listens for what it
 * speaks, `servicePort` where a cluster offers it (only where that differs); `address` the variable by which others
 * are told where it is. `optional` marks those that the shop sells without.
 */
export const topology = {
  frontend: { workload: "frontend", port: 8080, servicePort: 80, address: "FRONTEND_ADDR", optional: false },
  cart: {
    workload: "cartservice",
    port: 7070,
    address: "CART_SERVICE_ADDR",
    service: shop.CartService.service,
    optional: false,
  },
  catalog: {
    workload: "productcatalogservice",
    port: 3550,
    address: "PRODUCT_CATALOG_SERVICE_ADDR",
    service: shop.ProductCatalogService.service,
    optional: false,
  },
  currency: {
    workload: "currencyservice",
    port: 7000,
    address: "CURRENCY_SERVICE_ADDR",
    service: shop.CurrencyService.service,
    optional: false,
  },
  checkout: {
    workload: "checkoutservice",
    port: 5050,
    address: "CHECKOUT_SERVICE_ADDR",
    service: shop.CheckoutService.service,
    optional: false,
  },
  payment: {
    workload: "paymentservice",
    port: 50051,
    address: "PAYMENT_SERVICE_ADDR",
    service: shop.PaymentService.service,
    optional: false,
  },
  shipping: {
    workload: "shippingservice",
    port: 50051,
    address: "SHIPPING_SERVICE_ADDR",
    service: shop.ShippingService.service,
    optional: false,
  },
  email: {
    workload: "emailservice",
    port: 8080,
    servicePort: 5000,
    address: "EMAIL_SERVICE_ADDR",
    service: shop.EmailService.service,
    optional: true,
  },
  ad: {
    workload: "adservice",
    port: 9555,
    address: "AD_SERVICE_ADDR",
    service: shop.AdService.service,
    optional: true,
  },
  recommendation: {
    workload: "recommendationservice",
    port: 8080,
    address: "RECOMMENDATION_SERVICE_ADDR",
    service: shop.RecommendationService.service,
    optional: true,
  },
} as const;

/** Where every service serves its metrics, over HTTP. */
export const metricsPort = 9090;

/** Where the frontend, which speaks HTTP on its own port, serves health and reflection. */
export const frontendGrpcPort = 8081;

export type Name = keyof typeof topology;

/** Everyone but the frontend, which others do not call by gRPC. */
export type ServiceName = Exclude<Name, "frontend">;

export type Handlers<N extends ServiceName> = HandlersOf<(typeof topology)[N]["service"]>;
export type Client<N extends ServiceName> = ClientOf<(typeof topology)[N]["service"]>;

/** Clients by name, as narrow as the use: `Peers<"cart" | "shipping">`. */
export type Peers<N extends ServiceName> = { readonly [K in N]: Client<K> };

/** The names of all, as the table has them. */
export const names = Object.keys(topology) as readonly Name[];

/** Where a workload is found when nothing else is said: its name and the port that a cluster offers it on. */
export const defaultAddress = (name: Name): string => {
  const { workload, port, ...rest } = topology[name];
  return `${workload}:${"servicePort" in rest ? rest.servicePort : port}`;
};

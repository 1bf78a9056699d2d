/**
 * Who there is and where each listens: plain data, which costs nothing to read. Nothing else in the code names a port.
 *
 * `workload` is its name in a cluster, in logs, metrics and traces; `port` where its process listens for what it
 * speaks, `servicePort` where a cluster offers it (only where that differs); `address` the variable by which others
 * are told where it is. `optional` marks those that the shop sells without.
 */
export const roster = {
  frontend: { workload: "frontend", port: 8080, servicePort: 80, address: "FRONTEND_ADDR", optional: false },
  cart: { workload: "cartservice", port: 7070, address: "CART_SERVICE_ADDR", optional: false },
  catalog: {
    workload: "productcatalogservice",
    port: 3550,
    address: "PRODUCT_CATALOG_SERVICE_ADDR",
    optional: false,
  },
  currency: { workload: "currencyservice", port: 7000, address: "CURRENCY_SERVICE_ADDR", optional: false },
  checkout: { workload: "checkoutservice", port: 5050, address: "CHECKOUT_SERVICE_ADDR", optional: false },
  payment: { workload: "paymentservice", port: 50051, address: "PAYMENT_SERVICE_ADDR", optional: false },
  shipping: { workload: "shippingservice", port: 50051, address: "SHIPPING_SERVICE_ADDR", optional: false },
  email: { workload: "emailservice", port: 8080, servicePort: 5000, address: "EMAIL_SERVICE_ADDR", optional: true },
  ad: { workload: "adservice", port: 9555, address: "AD_SERVICE_ADDR", optional: true },
  recommendation: {
    workload: "recommendationservice",
    port: 8080,
    address: "RECOMMENDATION_SERVICE_ADDR",
    optional: true,
  },
} as const;

/** Where every service serves its metrics, over HTTP. */
export const metricsPort = 9090;

/** Where the frontend, which speaks HTTP on its own port, serves health and reflection. */
export const frontendGrpcPort = 8081;

/** The name of a service: of its folder, and in the code. */
export type Name = keyof typeof roster;

/** The names of all, as the table has them. */
export const names = Object.keys(roster) as readonly Name[];

/** Where a workload is found when nothing else is said: its name and the port that a cluster offers it on. */
export const defaultAddress = (name: Name): string => {
  const { workload, port, ...rest } = roster[name];
  return `${workload}:${"servicePort" in rest ? rest.servicePort : port}`;
};

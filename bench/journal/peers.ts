import { topology } from "@boutique/contract/topology";
import { listen, type Route, route } from "@boutique/rpc/server";

// All peers of checkout in one process: they answer at once, so that what an order takes is checkout's own time, and the wire's.
const usd = (units: string) => ({ currencyCode: "USD", units, nanos: 0 });
const routes: Route[] = [
  route(topology.cart.service, {
    getCart: ({ userId }) => ({ userId, items: [{ productId: "MUG", quantity: 2 }] }),
    emptyCart: () => ({}),
  }),
  route(topology.catalog.service, { listProducts: () => ({ products: [{ id: "MUG", priceUsd: usd("9") }] }) }),
  route(topology.currency.service, {}),
  route(topology.email.service, { sendOrderConfirmation: () => ({}) }),
  route(topology.payment.service, { charge: () => ({ transactionId: "T-1" }) }),
  route(topology.shipping.service, {
    getQuote: () => ({ costUsd: usd("8") }),
    shipOrder: () => ({ trackingId: "AB-12345-123456789" }),
  }),
];

const { port } = await listen(0, routes);
process.send?.(port);

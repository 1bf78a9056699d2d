import { topology } from "@boutique/contract/topology";
import { createHealth } from "../src/health.ts";
import { listen, route } from "../src/server.ts";

// A cart in a process of its own, which can be frozen: it says its port, and in each cart who it is.
const health = createHealth("hipstershop.CartService");
health.set(true);
const server = await listen(
  Number(process.env.PORT ?? 0),
  [route(topology.cart.service, { getCart: () => ({ userId: String(process.pid) }) })],
  { additions: [health] },
);
process.send?.(server.port);

import { names, roster } from "../../libs/contract/src/roster.ts";
import { portCount } from "./options.ts";

/** What `npm start -- --help` prints. */
export const help = `Starts the shop: ${names.length} services as processes of this machine, carts and orders in memory.

  npm start -- [options]        npm run dev -- [options]    the same, restarting what you change

  --port N            the first of ${portCount} ports (8080): the storefront on N, gRPC from N+1, metrics from N+${names.length + 1} on
  --host ADDRESS      the address to listen on (127.0.0.1); 0.0.0.0 opens the shop to the network
  --redis HOST:PORT   keep carts and orders in Redis (or set REDIS_ADDR; redis:// and rediss:// URLs work too)
  --without A,B       leave services out; the shop sells without ${names.filter((name) => roster[name].optional).join(", ")}
  --only A,B          start these alone
  --colocated         all services in one process, calling each other in memory: less of everything but isolation
  --workers N         so many processes share the storefront's port (Linux), or the whole shop's with --colocated
  --verbose           show all lines of the services, not only warnings and business events
  --json              pass the lines on as they are, one JSON object each; what the shop itself says goes to stderr
  --watch             restart a service when its files change, all when a library does
  --help              this

  The services, by folder or workload name:
${names.map((name) => `    ${name.padEnd(16)}${roster[name].workload}`).join("\n")}

Examples:
  npm start                                              the shop on http://127.0.0.1:8080
  npm start -- --port 18080                              a second one beside it
  npm start -- --without ad,recommendation,email         it still sells
  npm start -- --redis localhost:6379 --verbose
  npm start -- --only cart,currency                      two services, to call by hand
  npm start -- --colocated                               one process, a fraction of the time and memory
  npm start -- --without cart & npm start -- --only cart two halves of one shop: same ports, same addresses

The environment reaches the services (node services/cart/src/main.ts --help names their settings). One that is left out
may be elsewhere: CART_SERVICE_ADDR=10.0.0.7:7070 npm start -- --without cart`;

import { type Rpc, rpcsOf } from "@boutique/contract/proto";
import { type Client, type ServiceName, topology } from "@boutique/contract/topology";
import { childContext } from "./context.ts";
import { compose, type Interceptor, type Method } from "./interceptor.ts";
import { type ChannelState, grpcTransport, type Retried, type Transport } from "./transport.ts";

/** How long calls may take, in milliseconds; the caller's own deadline cuts them further. */
export interface Budgets {
  /** Methods without side effects. */
  readonly read: number;
  /** Methods with them. */
  readonly write: number;
  /** Placing an order, which is many calls. */
  readonly order: number;
  /** Calls whose answer the page can do without. */
  readonly optional: number;
}

/** The defaults, as documented in docs/configuration.md. */
export const budgets: Budgets = { read: 1_000, write: 3_000, order: 10_000, optional: 150 };

export interface ClientOptions {
  readonly budgets?: Budgets;
  readonly interceptors?: readonly Interceptor[];
  readonly transport?: (peer: string, address: string, repeatable: readonly Rpc[], retried?: Retried) => Transport;
  readonly retried?: Retried;
}

/** A service as an object of async functions. Each call has a deadline: there is no way to write one without. */
export function connect<N extends ServiceName>(
  name: N,
  address: string,
  { budgets: limits = budgets, interceptors = [], transport = grpcTransport, retried }: ClientOptions = {},
): Client<N> & { close(): void; state(): ChannelState } {
  const { service, workload } = topology[name];
  const rpcs = rpcsOf(service);
  // Trying again takes time that an answer one can do without is not worth.
  const wire = transport(workload, address, topology[name].optional ? [] : rpcs.filter(repeatable), retried);
  const methods = rpcs.map((rpc) => {
    const send: Method = (request, context) => wire.call(rpc, request, context);
    const call = compose(interceptors, send, rpc.path);
    const budget = limits[budgetOf(name, rpc)];
    return [rpc.originalName, (request: unknown) => call(request, childContext(budget))];
  });
  return { ...Object.fromEntries(methods), state: () => wire.state(), close: () => wire.close() };
}

/** What may be sent twice; the proto says it. */
const repeatable = ({ options }: Rpc) => options.idempotency_level !== "IDEMPOTENCY_UNKNOWN";

function budgetOf(name: ServiceName, { options }: Rpc): keyof Budgets {
  if (name === "checkout") return "order";
  // A mail may be late, the order that waits for it may not.
  if (name === "email") return "read";
  if (topology[name].optional) return "optional";
  return options.idempotency_level === "NO_SIDE_EFFECTS" ? "read" : "write";
}

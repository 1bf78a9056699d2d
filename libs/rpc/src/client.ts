import { type Rpc, rpcsOf } from "@boutique/contract/proto";
import { type Client, type ServiceName, topology } from "@boutique/contract/topology";
import { createCircuit, type Ending } from "./circuit.ts";
import type { ChannelState } from "./connection.ts";
import { childContext } from "./context.ts";
import { failedWith, RpcError, saidByPeer } from "./error.ts";
import { compose, type Interceptor, type Method } from "./interceptor.ts";
import { grpcTransport, type Retried, type Transport } from "./transport.ts";

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
  /** Told when calls begin to be refused since the peer does not answer, and when that ends. */
  readonly circuitChanged?: (open: boolean) => void;
  /** Told of each call that is refused so. */
  readonly circuitRefused?: () => void;
}

/** A peer as an object of async functions, and what is to be known of the way to it. */
export type Connected<N extends ServiceName> = Client<N> & {
  state(): ChannelState;
  /** Begins to connect. */
  warm(): void;
  circuitOpen(): boolean;
  close(): void;
};

/**
 * A service as an object of async functions. Each call has a deadline: there is no way to write one without. After some
 * calls that nobody answered the next fail at once, until somebody does.
 */
export function connect<N extends ServiceName>(
  name: N,
  address: string,
  {
    budgets: limits = budgets,
    interceptors = [],
    transport = grpcTransport,
    retried,
    circuitChanged: changed = () => {},
    circuitRefused = () => {},
  }: ClientOptions = {},
): Connected<N> {
  const { service, workload } = topology[name];
  const rpcs = rpcsOf(service);
  // Trying again takes time that an answer one can do without is not worth.
  const wire = transport(workload, address, topology[name].optional ? [] : rpcs.filter(repeatable), retried);
  const circuit = createCircuit({ probe: () => wire.probe(), changed });
  const methods = rpcs.map((rpc) => {
    const budget = limits[budgetOf(name, rpc)];
    const send: Method = async (request, context) => {
      if (!circuit.admits()) {
        circuitRefused();
        throw new RpcError("UNAVAILABLE", "No connection established: circuit open", {
          relayed: `${workload}: unavailable`,
        });
      }
      const ended = circuit.begin();
      const given = context.deadline - Date.now();
      try {
        const answer = await wire.call(rpc, request, context);
        ended("answered");
        return answer;
      } catch (error) {
        ended(endingOf(error, given < Math.min(budget, FAIR_MS) / 2));
        throw error;
      }
    };
    const call = compose(interceptors, send, rpc.path);
    return [rpc.originalName, (request: unknown) => call(request, childContext(budget))];
  });
  return {
    ...Object.fromEntries(methods),
    state: () => wire.state(),
    warm: () => wire.warm(),
    circuitOpen: () => circuit.isOpen(),
    close() {
      circuit.close();
      wire.close();
    },
  };
}

/** Milliseconds that are enough for anybody who is well, whatever the budget. */
const FAIR_MS = 1_000;

/**
 * What a failure says of the peer. One that says itself that it cannot do this has answered: it lives, and may well do
 * other things. One that was given little time (`hurried`), as our caller had no more, may have needed just that.
 */
function endingOf(error: unknown, hurried: boolean): Ending {
  if (failedWith(error, "CANCELLED")) return "nothing";
  if (!failedWith(error, "UNAVAILABLE", "DEADLINE_EXCEEDED") || saidByPeer(error)) return "answered";
  return hurried && failedWith(error, "DEADLINE_EXCEEDED") ? "nothing" : "failed";
}

/** What may be sent twice; the proto says it. */
const repeatable = ({ options }: Rpc) => options.idempotency_level !== "IDEMPOTENCY_UNKNOWN";

function budgetOf(name: ServiceName, { options }: Rpc): keyof Budgets {
  if (name === "checkout" && options.idempotency_level !== "NO_SIDE_EFFECTS") return "order";
  // A mail may be late, the order that waits for it may not.
  if (name === "email") return "read";
  if (topology[name].optional) return "optional";
  return options.idempotency_level === "NO_SIDE_EFFECTS" ? "read" : "write";
}

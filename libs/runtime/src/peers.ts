import { defaultAddress, type Peers, type ServiceName, topology } from "@boutique/contract/topology";
import { budgets, connect } from "@boutique/rpc/client";
import type { Log } from "@boutique/telemetry/log";
import { observe } from "./observe.ts";
import { milliseconds, type Schema, type Settings, text } from "./settings.ts";

const timeouts = {
  READ_TIMEOUT_MS: milliseconds(budgets.read, "The most that a call without side effects may take."),
  WRITE_TIMEOUT_MS: milliseconds(budgets.write, "The most that a call with side effects may take."),
  ORDER_TIMEOUT_MS: milliseconds(budgets.order, "The most that placing an order may take."),
  OPTIONAL_TIMEOUT_MS: milliseconds(budgets.optional, "The most that a call for ads or recommendations may take."),
};

export type PeerSettings = Settings<typeof timeouts>;

/** What a service that calls others can be told of them. */
export const peerSettings = (peers: readonly ServiceName[]) => {
  const addresses: Schema = Object.fromEntries(
    peers.map((name) => [topology[name].address, text(defaultAddress(name), `Where ${topology[name].workload} is.`)]),
  );
  return { ...(peers.length > 0 && timeouts), ...addresses } as typeof timeouts;
};

/** One client for each peer, for as long as the process lives. */
export function connectPeers<P extends ServiceName>(peers: readonly P[], settings: PeerSettings, log: Log) {
  const observed = peers.length > 0 ? [observe("client", log)] : [];
  const limits = {
    read: settings.READ_TIMEOUT_MS,
    write: settings.WRITE_TIMEOUT_MS,
    order: settings.ORDER_TIMEOUT_MS,
    optional: settings.OPTIONAL_TIMEOUT_MS,
  };
  const clients = peers.map((name) => {
    const address = (settings as Record<string, unknown>)[topology[name].address] as string;
    return [name, connect(name, address, { budgets: limits, interceptors: observed })] as const;
  });
  return {
    clients: Object.fromEntries(clients) as unknown as Peers<P>,
    close: () => {
      for (const [, client] of clients) client.close();
    },
  };
}

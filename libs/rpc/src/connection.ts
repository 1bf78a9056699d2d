import type { Context } from "@boutique/contract/proto";
import { type Client as Channel, connectivityState } from "@grpc/grpc-js";
import { outside } from "./context.ts";

/** What a connection is at: IDLE, CONNECTING, READY, TRANSIENT_FAILURE or SHUTDOWN. */
export type ChannelState = keyof typeof connectivityState;

/** How long an attempt to connect may take before another begins, in milliseconds: the first, and any after it. */
const PATIENCE_MS = 500;
const MOST_PATIENCE_MS = 2_000;

const { IDLE, CONNECTING } = connectivityState;

/** A channel to a peer, whose place another takes where it can be of no use any more. */
export interface Connection {
  /** The one to call over now. */
  channel(): Channel;
  state(): ChannelState;
  /** Begins to connect. */
  begin(): void;
  /** Resolves once it is connected, or refused, or the call is over that waits for it; undefined where there is no need to. */
  settled(call: Context): Promise<void> | undefined;
  replace(): void;
  close(): void;
}

/**
 * Connects in attempts of bounded length. gRPC leaves an attempt to the kernel, which repeats a packet that nobody answers
 * ever more seldom, for two minutes: as the first to a peer that a cluster is about to start. It would be found late.
 */
export function createConnection(open: () => Channel): Connection {
  let channel = open();
  let closed = false;
  let patience = PATIENCE_MS;
  const waiting = new Set<() => void>();

  const at = (connect = false) => channel.getChannel().getConnectivityState(connect);
  const begin = () => void outside(() => at(true));
  const replace = () => {
    const useless = channel;
    channel = open();
    begin();
    useless.close();
  };
  const settle = () => {
    patience = PATIENCE_MS;
    for (const tell of waiting) tell();
  };
  const watch = () => {
    if (closed) return settle();
    const state = at();
    if (state !== IDLE && state !== CONNECTING) settle();
    const watched = channel;
    const end = state === CONNECTING ? Date.now() + patience : Number.POSITIVE_INFINITY;
    channel.getChannel().watchConnectivityState(state, end, (unmoved) => {
      if (unmoved && watched === channel) {
        patience = Math.min(patience * 2, MOST_PATIENCE_MS);
        replace();
      }
      watch();
    });
  };
  outside(watch);

  return {
    channel: () => channel,
    state: () => connectivityState[at()] as ChannelState,
    begin,
    settled({ deadline, signal }) {
      const state = at();
      if (signal.aborted || (state !== IDLE && state !== CONNECTING)) return undefined;
      begin();
      const { promise, resolve } = Promise.withResolvers<void>();
      const enough = () => resolve();
      const timer = setTimeout(enough, Math.max(deadline - Date.now(), 0));
      signal.addEventListener("abort", enough);
      waiting.add(enough);
      return promise.finally(() => {
        clearTimeout(timer);
        signal.removeEventListener("abort", enough);
        waiting.delete(enough);
      });
    },
    replace,
    close() {
      closed = true;
      channel.close();
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
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
  /** Resolves once it is connected, or refused; undefined where that is so already. */
  settled(): Promise<void> | undefined;
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
  let waiting: (() => void)[] = [];

  const at = (connect = false) => channel.getChannel().getConnectivityState(connect);
  const replace = () => {
    const useless = channel;
    channel = open();
    at(true);
    useless.close();
  };
  const settle = () => {
    patience = PATIENCE_MS;
    for (const tell of waiting) tell();
    waiting = [];
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
    settled() {
      const state = at();
      if (state !== IDLE && state !== CONNECTING) return undefined;
      if (state === IDLE) outside(() => at(true));
      return new Promise((resolve) => waiting.push(resolve));
    },
    replace,
    close() {
      closed = true;
      channel.close();
    },
  };
}

/** Waits for work, for as long as a call may take that is about to be made. */
export async function within({ deadline, signal }: Context, work: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const end = sleep(Math.max(deadline - Date.now(), 0), undefined, {
    signal: AbortSignal.any([signal, enough.signal]),
  });
  await Promise.race([work, end.catch(() => {})]);
  enough.abort();
}

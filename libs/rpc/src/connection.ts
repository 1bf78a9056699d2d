import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@boutique/contract/proto";
import { type Client as Channel, connectivityState } from "@grpc/grpc-js";
import { outside } from "./context.ts";

/** What a connection is at: IDLE, CONNECTING, READY, TRANSIENT_FAILURE or SHUTDOWN. */
export type ChannelState = keyof typeof connectivityState;

/** How long the first attempt to connect may take before another begins, in milliseconds; each next may take longer. */
const PATIENCE_MS = 300;
const MOST_PATIENCE_MS = 5_000;

/** A channel to a peer, which another takes the place of where it can be of no use any more. */
export interface Connection {
  /** The one to call over now. */
  channel(): Channel;
  state(): ChannelState;
  /** Resolves once it is connected, or nobody is there to connect to; undefined where that is so already. */
  settled(): Promise<void> | undefined;
  replace(): void;
  close(): void;
}

/**
 * Connects for as long as it takes, in attempts: gRPC makes one and leaves it to the kernel, which gives up on a peer that
 * says nothing at all after two minutes. What is lost on the way to a peer, as its first packet may be while a network
 * learns of it, costs one attempt.
 */
export function createConnection(open: () => Channel): Connection {
  let channel = open();
  let closed = false;
  let connecting: Promise<void> | undefined;

  const replace = () => {
    channel.close();
    channel = open();
  };
  const moves = (state: connectivityState, patience: number) =>
    new Promise<boolean>((resolve) => {
      channel.getChannel().watchConnectivityState(state, Date.now() + patience, (error) => resolve(!error));
    });
  const connect = async () => {
    for (let patience = PATIENCE_MS; ; ) {
      const state = channel.getChannel().getConnectivityState(true);
      if (!isConnecting(state)) return;
      const tried = channel;
      const moved = await moves(state, patience);
      if (closed) return;
      if (moved) continue;
      if (tried === channel) replace();
      patience = Math.min(patience * 2, MOST_PATIENCE_MS);
    }
  };

  return {
    channel: () => channel,
    state: () => connectivityState[channel.getChannel().getConnectivityState(false)] as ChannelState,
    settled() {
      if (!isConnecting(channel.getChannel().getConnectivityState(false))) return undefined;
      connecting ??= outside(connect).finally(() => {
        connecting = undefined;
      });
      return connecting;
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

const isConnecting = (state: connectivityState) =>
  state === connectivityState.IDLE || state === connectivityState.CONNECTING;

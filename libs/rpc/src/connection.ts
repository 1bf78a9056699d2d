import type { Context } from "@boutique/contract/proto";
import { type Client as Channel, connectivityState } from "@grpc/grpc-js";
import { outside } from "./context.ts";

/** What a connection is at: IDLE, CONNECTING, READY, TRANSIENT_FAILURE or SHUTDOWN. */
export type ChannelState = keyof typeof connectivityState;

/** How long an attempt to connect may take before another begins, in milliseconds: the first, and any after it. */
const PATIENCE_MS = 500;
const MOST_PATIENCE_MS = 2_000;

/** How often gRPC is asked to go on where nothing came of it, in milliseconds; it takes its own pauses, of a second at most. */
const AGAIN_MS = 250;

/** The longest pause between two attempts that gRPC takes, in milliseconds, but for a fifth that it adds or takes by lot. */
export const MOST_PAUSE_MS = 400;

/** How long a call waits for a peer that was never met, in milliseconds: long enough for the next attempt to come. */
const HOPE_MS = 1.5 * MOST_PAUSE_MS;

const { IDLE, CONNECTING, READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;

/** A channel to a peer, whose place another takes where it can be of no use any more. */
export interface Connection {
  /** The one to call over now. */
  channel(): Channel;
  state(): ChannelState;
  /** Begins to connect. */
  begin(): void;
  /**
   * Resolves once it is connected, or refused, or the call is over that waits for it; undefined where there is no need to.
   * Who was never met may be about to start: what refuses then is waited out for a moment.
   */
  settled(call: Context): Promise<void> | undefined;
  replace(): void;
  close(): void;
}

/**
 * Connects in attempts of bounded length. gRPC leaves an attempt to the kernel, which repeats a packet that nobody answers
 * ever more seldom, for two minutes: as the first to a peer that a cluster is about to start. It would be found late.
 * Nor does gRPC look up a name again by itself that was not found, as one that a cluster is about to know: a call must come, and
 * fails of it. `open` makes a channel that tells when it has found the name.
 */
export function createConnection(open: (found: () => void) => Channel): Connection {
  let foundAt = Number.POSITIVE_INFINITY;
  const openAnew = () => {
    foundAt = Number.POSITIVE_INFINITY;
    return open(() => {
      foundAt = Math.min(foundAt, Date.now());
    });
  };
  let channel = openAnew();
  let wanted = false;
  let met = false;
  let closed = false;
  let patience = PATIENCE_MS;
  const waiting = new Set<() => void>();

  const at = (connect = false) => channel.getChannel().getConnectivityState(connect);
  const begin = () => {
    wanted = true;
    outside(() => at(true));
  };
  const replace = () => {
    const useless = channel;
    channel = openAnew();
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
    met ||= state === READY;
    if (state !== IDLE && state !== CONNECTING) settle();
    const watched = channel;
    channel.getChannel().watchConnectivityState(state, Date.now() + patienceWith(state), (unmoved) => {
      if (unmoved && !closed && watched === channel) goOn(state);
      watch();
    });
  };
  const patienceWith = (state: connectivityState) => {
    // An attempt begins when the name is found, which may be after the channel began to connect.
    const left = foundAt + patience - Date.now();
    if (state === CONNECTING) return left > 0 ? Math.min(left, patience) : patience;
    return state === READY || state === SHUTDOWN || !wanted ? Number.POSITIVE_INFINITY : AGAIN_MS;
  };
  const goOn = (state: connectivityState) => {
    if (state !== CONNECTING) return begin();
    // To look up the name once more, while that is being done, would only make it slower.
    if (Date.now() - foundAt < patience) return;
    patience = Math.min(patience * 2, MOST_PATIENCE_MS);
    replace();
  };
  outside(watch);

  return {
    channel: () => channel,
    state: () => connectivityState[at()] as ChannelState,
    begin,
    settled({ deadline, signal }) {
      let hopes = !met;
      const isUnderWay = () => {
        const state = at();
        return state === IDLE || state === CONNECTING || (hopes && state === TRANSIENT_FAILURE);
      };
      if (signal.aborted || !isUnderWay()) return undefined;
      begin();
      const { promise, resolve } = Promise.withResolvers<void>();
      const enough = () => resolve();
      const look = () => {
        if (closed || !isUnderWay()) resolve();
      };
      const giveUpHope = () => {
        hopes = false;
        look();
      };
      const timers = [setTimeout(enough, Math.max(deadline - Date.now(), 0)), setTimeout(giveUpHope, HOPE_MS)];
      signal.addEventListener("abort", enough);
      waiting.add(look);
      return promise.finally(() => {
        for (const timer of timers) clearTimeout(timer);
        signal.removeEventListener("abort", enough);
        waiting.delete(look);
      });
    },
    replace,
    close() {
      closed = true;
      channel.close();
    },
  };
}

import { type experimental, status } from "@grpc/grpc-js";
import { type Circuit, createCircuit, type Ending } from "./circuit.ts";
import { aliveAt } from "./probe.ts";

/** Failures in a row after which a replica is called no more until it answers a probe. */
const MOST_FAILURES = 3;

/** After one failure the others go first, for longer than a call that is tried again may pause. */
const PASSED_OVER_MS = 500;

/** A call whose time was over sooner says nothing of who had it. */
const FAIR_MS = 100;

/** More than there ever are in flight: what it costs a replica to be passed over. */
const LAST = 1_000_000;

/** What is known of one of the addresses of a peer. */
export interface Replica {
  readonly circuit: Circuit;
  inFlight: number;
  passedOverUntil: number;
}

/** A replica of which nothing is known yet. */
export const createReplica = (address: string): Replica => ({
  circuit: createCircuit({ most: MOST_FAILURES, probe: () => aliveAt(address, true) }),
  inFlight: 0,
  passedOverUntil: 0,
});

/** What speaks against a replica: its calls in flight, and above all that it failed. */
export const cost = ({ circuit, inFlight, passedOverUntil }: Replica, now: number): number =>
  circuit.admits() && now >= passedOverUntil ? inFlight : LAST + inFlight;

/** A pick of round_robin's, whose call is counted. */
export function counted(pick: experimental.PickResult, replica: Replica): experimental.PickResult {
  let ended: ((ending: Ending) => void) | undefined;
  let since = 0;
  return {
    ...pick,
    onCallStarted() {
      replica.inFlight += 1;
      since = Date.now();
      ended = replica.circuit.begin();
    },
    onCallEnded(code) {
      replica.inFlight -= 1;
      const cut = code === status.DEADLINE_EXCEEDED && Date.now() - since < FAIR_MS;
      const ending = cut ? "nothing" : (endings[code] ?? "answered");
      if (ending === "failed") replica.passedOverUntil = Date.now() + PASSED_OVER_MS;
      ended?.(ending);
    },
  };
}

// Unlike for a peer as a whole, UNAVAILABLE counts whoever says it: the others may be better off.
const endings: Partial<Record<status, Ending>> = {
  [status.UNAVAILABLE]: "failed",
  [status.DEADLINE_EXCEEDED]: "failed",
  [status.CANCELLED]: "nothing",
};

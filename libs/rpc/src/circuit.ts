/** What the end of a call says of its peer: `nothing` where the call had too little time, or its caller hung up. */
export type Ending = "answered" | "failed" | "nothing";

/** Whether somebody is worth being called. */
export interface Circuit {
  /** Whether a call may be made now. */
  admits(): boolean;
  /** A call begins; what it returns is to be told how that ended, once. */
  begin(): (ending: Ending) => void;
  /** Whether calls are refused, but for those by which it is found out whether that may end. */
  isOpen(): boolean;
  /** Looks no more whether somebody is back. */
  close(): void;
}

export interface CircuitOptions {
  /** Asks in the background whether somebody is back; never rejects, and takes a bounded time. */
  readonly probe: () => Promise<boolean>;
  /** So many failures in a row open it. */
  readonly most?: number;
  /** Milliseconds between two probes, and between two calls on trial that do not end. */
  readonly every?: number;
  readonly changed?: (open: boolean) => void;
  readonly now?: () => number;
}

const MOST_FAILURES = 5;
const EVERY_MS = 500;

/**
 * After some failures in a row calls are refused at once, rather than each finding out for itself, at the price of its
 * whole time, that nobody answers. Then only the probe looks, in nobody's time; when it succeeds, one call is let through on
 * trial, and its answer closes the circuit. A failure counts only if nothing else was answered since that call began:
 * else it tells of the call, or of one replica among several, not of all.
 */
export function createCircuit({
  probe,
  most = MOST_FAILURES,
  every = EVERY_MS,
  changed = () => {},
  now = Date.now,
}: CircuitOptions): Circuit {
  let state: "closed" | "open" | "on trial" | "given up" = "closed";
  let failures = 0;
  // Grows with all that makes older calls say nothing any more.
  let news = 0;
  let nextTrial = 0;
  let rounds = 0;
  let timer: NodeJS.Timeout | undefined;

  const lookLater = () => {
    clearTimeout(timer);
    timer = setTimeout(look, every).unref();
  };
  const look = async () => {
    rounds += 1;
    const round = rounds;
    const back = await probe();
    if (state !== "open") return;
    // Another look may have begun meanwhile, after it had closed and opened again.
    if (round !== rounds) return;
    if (!back) return lookLater();
    state = "on trial";
    news += 1;
    nextTrial = 0;
  };
  const answered = () => {
    failures = 0;
    news += 1;
    if (state !== "open" && state !== "on trial") return;
    clearTimeout(timer);
    state = "closed";
    changed(false);
  };
  const failed = () => {
    failures += 1;
    if (state === "on trial" || (state === "closed" && failures >= most)) {
      if (state === "closed") changed(true);
      state = "open";
      lookLater();
    }
  };

  return {
    admits: () => state !== "open" && (state !== "on trial" || now() >= nextTrial),
    begin() {
      const before = news;
      if (state === "on trial") nextTrial = now() + every;
      return (ending) => {
        if (ending === "answered") answered();
        else if (news !== before) return;
        else if (ending === "failed") failed();
        else nextTrial = 0;
      };
    },
    isOpen: () => state === "open" || state === "on trial",
    close() {
      clearTimeout(timer);
      state = "given up";
    },
  };
}

import type { Snapshot } from "../results/snapshot.ts";

/** Requests and failures per second of a route, over the last seconds. */
export interface Pace {
  readonly rate: number;
  readonly failureRate: number;
}

const SECONDS = 10;
const idle: Pace = { rate: 0, failureRate: 0 };

type Counts = ReadonlyMap<string, { readonly requests: number; readonly failures: number }>;

const keyOf = (route: { readonly method: string; readonly name: string }) => `${route.method} ${route.name}`;

/** How fast the routes are, which snapshots, that count from the beginning, do not tell. */
export interface Paces {
  of(route: { readonly method: string; readonly name: string }): Pace;
  close(): void;
}

const LOOK_MS = 1_000;

/** Follows how fast each route is, by a look at the counts each second. */
export function followPaces(snapshot: () => Snapshot | undefined): Paces {
  const paces = createPaces();
  const timer = setInterval(() => {
    const now = snapshot();
    if (now) paces.look(now);
  }, LOOK_MS).unref();
  return { of: paces.of, close: () => clearInterval(timer) };
}

/** The same, to be shown each second's snapshot. */
export function createPaces() {
  let seen: { second: number; counts: Counts }[] = [];
  return {
    look({ seconds, routes, total }: Pick<Snapshot, "seconds" | "routes" | "total">): void {
      const last = seen.at(-1);
      if (last?.second === seconds) return;
      const counts = new Map([...routes, total].map((row) => [keyOf(row), row]));
      // Another run, or the end of a warm-up: the counts began again.
      const restarted = last && (seconds < last.second || countedBack(last.counts, counts));
      seen = restarted ? [] : seen.filter(({ second }) => second >= seconds - SECONDS);
      seen.push({ second: seconds, counts });
    },
    of(route: { readonly method: string; readonly name: string }): Pace {
      const [first, last] = [seen[0], seen.at(-1)];
      if (!first || !last) return idle;
      const [then, now] = [first.counts.get(keyOf(route)), last.counts.get(keyOf(route))];
      const over = last.second - first.second;
      if (!now || over <= 0) return idle;
      const per = (count: "requests" | "failures") => (now[count] - (then?.[count] ?? 0)) / over;
      return { rate: per("requests"), failureRate: per("failures") };
    },
  };
}

const countedBack = (before: Counts, after: Counts) =>
  [...before].some(([key, { requests }]) => requests > (after.get(key)?.requests ?? 0));

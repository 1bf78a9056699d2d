import type { Interval } from "../load/interval.ts";
import type { Plan } from "../plan/plan.ts";
import { count, milliseconds, percent } from "./spoken.ts";

/** What a worker may be, and still measure the shop rather than itself. */
const limits = {
  /** Of a core: its event loop has but one. */
  cpu: 0.9,
  loopP99: 50,
  lateP99: 50,
} as const;

/** The share of its seconds in which it may be busier. */
const TOLERATED = 0.05;

type Sign = keyof typeof limits;

interface Watched {
  seconds: number;
  readonly busy: Record<Sign, { seconds: number; sum: number; most: number }>;
}

/**
 * Watches whether the workers keep up after the warm-up of a plan. Where shoppers wait for their answers anyway, to be
 * late with the next request is not to measure wrongly; where requests are due at their time it is.
 */
export function createSelfWatch({ warmUp, model }: Pick<Plan, "warmUp" | "model">): {
  add(interval: Interval): void;
  flaws(): readonly string[];
} {
  const signs = (Object.keys(limits) as Sign[]).filter((sign) => sign !== "lateP99" || model === "rate");
  const workers = new Map<string, Watched>();
  return {
    add({ worker, second, length, self }) {
      if (second - length / 2 < warmUp) return;
      const watched = workers.get(worker) ?? {
        seconds: 0,
        busy: { cpu: none(), loopP99: none(), lateP99: none() },
      };
      workers.set(worker, watched);
      watched.seconds += length;
      for (const sign of signs) {
        const figure = self[sign];
        if (!(figure > limits[sign])) continue;
        const busy = watched.busy[sign];
        busy.seconds += length;
        busy.sum += figure * length;
        busy.most = Math.max(busy.most, figure);
      }
    },
    flaws: () =>
      [...workers].flatMap(([worker, { seconds, busy }]) =>
        signs
          .filter((sign) => busy[sign].seconds > TOLERATED * seconds)
          .map((sign) => {
            const { seconds: bad, sum, most } = busy[sign];
            const howLong = `in ${count(Math.ceil(bad))} of ${count(Math.ceil(seconds))} s`;
            return words[sign](worker, howLong, sum / bad, most);
          }),
      ),
  };
}

const none = () => ({ seconds: 0, sum: 0, most: 0 });

const words: Record<Sign, (worker: string, howLong: string, mean: number, most: number) => string> = {
  cpu: (worker, howLong, mean) =>
    `worker ${worker} was busy: ${percent(mean)} of a core ${howLong}: start more workers`,
  loopP99: (worker, howLong, _, most) =>
    `worker ${worker} was late to see answers, by up to ${milliseconds(most)}, ${howLong}: start more workers`,
  lateP99: (worker, howLong, _, most) =>
    `worker ${worker} sent requests late, by up to ${milliseconds(most)}, ${howLong}: start more workers`,
};

import type { Interval } from "../load/interval.ts";
import type { Point } from "./result.ts";
import { addTo, createTally, judgedLatency, requestsIn, type Tally } from "./tally.ts";

/** A run, second by second of the common clock: what several workers did in the same second is one point. */
export interface Series {
  /** Adds an interval; its tally is that of all its routes. */
  add(interval: Interval, tally: Tally): void;
  /** The points that are final, or all of them. */
  points(all?: boolean): readonly Point[];
  /** What was counted since a second, as far as it is still told apart. */
  since(second: number): Tally;
  /** What was counted in each of the points, in their order. */
  tallies(): readonly Tally[];
}

interface Options {
  /** The most points. */
  readonly most: number;
  /** What happens to more: neighbours become one point, or the oldest are forgotten. */
  readonly beyond: "merge" | "forget";
  /** How many workers there are, if that is known. */
  readonly workers?: number;
}

interface Cell {
  readonly tally: Tally;
  readonly parts: Map<string, Part>;
  self: Point["self"];
  point?: Omit<Point, "users" | "waiting" | "second">;
}

/** What one worker did in a cell, and how it stood at last. */
interface Part {
  length: number;
  requests: number;
  failures: number;
  second: number;
  users: number;
  waiting: number;
}

/** How long a second waits for workers that have not told of it, seconds. */
const PATIENCE = 3;

const idle: Point["self"] = { cpu: 0, machine: 0, loopP99: 0, lateP99: 0, rss: 0 };

/** Creates an empty series. Its memory is bounded: a point keeps latencies to two digits, in about 8 KB. */
export function createSeries({ most, beyond, workers = 1 }: Options): Series {
  let cells = new Map<number, Cell>();
  let width = 1;
  const lastTold = new Map<string, number>();

  const cellAt = (index: number, all: Map<number, Cell>) => {
    const cell = all.get(index) ?? { tally: createTally(2), parts: new Map(), self: idle };
    all.set(index, cell);
    return cell;
  };

  const shrink = () => {
    if (beyond === "forget") {
      const oldest = Math.max(...cells.keys()) - most;
      for (const index of cells.keys()) if (index <= oldest) cells.delete(index);
      return;
    }
    const merged = new Map<number, Cell>();
    for (const [index, cell] of cells) merge(cellAt(Math.ceil(index / 2), merged), cell);
    cells = merged;
    width *= 2;
  };

  const sorted = () => [...cells].toSorted(([a], [b]) => a - b);

  return {
    add(interval, tally) {
      const { worker, length, users, waiting, self } = interval;
      const second = Math.max(1, Math.round(interval.second));
      lastTold.set(worker, Math.max(second, lastTold.get(worker) ?? 0));
      const requests = requestsIn(tally);
      const part = { length, requests, failures: tally.failed.totalCount, second, users, waiting };
      merge(cellAt(Math.ceil(second / width), cells), { tally, parts: new Map([[worker, part]]), self });
      while (cells.size > most) shrink();
    },

    points(all = false) {
      const seconds = [...lastTold.values()];
      const newest = Math.max(...seconds);
      const told = seconds.length < workers ? 0 : Math.min(...seconds);
      const final = all ? newest : Math.max(told, newest - PATIENCE);
      const standing = new Map<string, Part>();
      const points: Point[] = [];
      for (const [index, cell] of sorted()) {
        const second = Math.min(index * width, newest);
        if (second > final) break;
        for (const [worker, part] of cell.parts) standing.set(worker, part);
        // Who skipped a second, since it was busy, still has its users; who will never tell again has none.
        const there = [...standing].filter(([worker]) => (lastTold.get(worker) ?? 0) > (index - 1) * width);
        const sum = (of: "users" | "waiting") => there.reduce((sum, [, part]) => sum + part[of], 0);
        cell.point ??= pointOf(cell, width);
        points.push({ second, users: sum("users"), waiting: sum("waiting"), ...cell.point });
      }
      return points;
    },

    since(second) {
      const tally = createTally(2);
      for (const [index, cell] of cells) if (index * width > second) addTo(tally, cell.tally);
      return tally;
    },

    tallies: () => sorted().map(([, { tally }]) => tally),
  };
}

function merge(into: Cell, { tally, parts, self }: Cell): void {
  delete into.point;
  addTo(into.tally, tally);
  for (const [worker, part] of parts) {
    const known = into.parts.get(worker);
    if (!known) into.parts.set(worker, { ...part });
    else {
      const { second, users, waiting } = part.second >= known.second ? part : known;
      const sum = (of: "length" | "requests" | "failures") => known[of] + part[of];
      const [length, requests, failures] = [sum("length"), sum("requests"), sum("failures")];
      into.parts.set(worker, { length, requests, failures, second, users, waiting });
    }
  }
  const worst = (of: keyof Point["self"]) => Math.max(into.self[of], self[of]);
  const [cpu, machine, loopP99, lateP99, rss] = [
    worst("cpu"),
    worst("machine"),
    worst("loopP99"),
    worst("lateP99"),
    worst("rss"),
  ];
  into.self = { cpu, machine, loopP99, lateP99, rss };
}

function pointOf({ tally, parts, self }: Cell, width: number) {
  const longest = Math.max(0, ...Array.from(parts.values(), ({ length }) => length));
  // A worker that was late tells of more than the cell; one that came or went tells of less.
  const perSecond = (of: "requests" | "failures") =>
    [...parts.values()].reduce((sum, part) => {
      const seconds = Math.max(part.length, Math.min(width, longest));
      return sum + (seconds > 0 ? part[of] / seconds : 0);
    }, 0);
  return { rate: perSecond("requests"), failureRate: perSecond("failures"), ...judgedLatency(tally), self };
}

import type { Member } from "./crew.ts";

/** What is known of a worker's clock: in milliseconds, how much it is ahead of ours, and how sure that is. */
export type ClockFigures = NonNullable<Member["clock"]>;

/** How a clock is judged: by many questions and answers, of which the quickest is believed. */
export interface ClockCheck {
  /** An answer came: asked and answered by our clock, and what the other clock showed in between. */
  heard(asked: number, answered: number, theirs: number): void;
  /** How many answers there were so far. */
  readonly answers: () => number;
  /** By the quickest of the last answers; undefined before the first. */
  figures(): ClockFigures | undefined;
}

/** Above this, milliseconds, an uncertainty or a change of a clock is worth telling. */
const WORTH_TELLING = 50;

/** So many answers are remembered, that a clock which goes wrong is noticed. */
const REMEMBERED = 10;

/** Clocks show whole milliseconds, so even an instant answer is not certain to less. */
const GRAIN = 1;

/** A check of one clock, which has heard nothing yet. */
export function createClockCheck(): ClockCheck {
  const last: ClockFigures[] = [];
  let answers = 0;
  return {
    heard(asked, answered, theirs) {
      answers += 1;
      // The answer was on its way for no longer than the whole round trip: the middle is wrong by half of it at most.
      last.push({ ahead: theirs - (asked + answered) / 2, within: (answered - asked) / 2 + GRAIN });
      if (last.length > REMEMBERED) last.shift();
    },
    answers: () => answers,
    figures: () => last.toSorted((a, b) => a.within - b.within)[0],
  };
}

/** What is wrong with a clock for a common start, in words; undefined if nothing is. */
export function unsure(worker: string, { within }: ClockFigures): string | undefined {
  if (within <= WORTH_TELLING) return undefined;
  return `the clock of worker ${worker} is known to ${Math.round(within)} ms only: it may have started so much earlier or later than the others`;
}

/** What became of a clock since the start of a run, in words; undefined if it went right. */
export function drifted(worker: string, then: ClockFigures, now: ClockFigures): string | undefined {
  const change = now.ahead - then.ahead;
  if (Math.abs(change) <= WORTH_TELLING + then.within + now.within) return undefined;
  const way = change > 0 ? "forward" : "back";
  return `the clock of worker ${worker} went ${way} by ${Math.abs(Math.round(change))} ms during the run: its figures may belong to other seconds than they say`;
}

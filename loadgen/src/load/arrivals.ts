import type { Share } from "../crew/crew.ts";
import type { Lines } from "../shoppers/browser.ts";
import { type Line, openLine } from "../shoppers/line.ts";
import { createChance } from "../shoppers/random.ts";
import type { Shopper } from "../shoppers/shopper.ts";
import { dueAt, shareOf } from "./level.ts";
import type { Model, Scene } from "./scene.ts";

/** How many people there are, all workers together, as long as nobody has to wait for an answer. */
const PEOPLE = 1_000;
/** How many may wait for an answer at once, all workers together. */
const MOST = 10_000;
/** Timers know milliseconds: what is due in less than one is sent at once, rather than late. */
const GRAIN_MS = 1;
const LONGEST_SLEEP_MS = 1_000;

/**
 * An open row of arrivals: a task begins whenever the plan says, whoever still waits for an answer. Arrival number n
 * does the same things whatever worker it belongs to, in the name of whoever has been idle for the longest. Latencies
 * count from when it was due, so that a shop that stalls is charged for everybody who would have come meanwhile.
 */
export function arrive({ plan, host, index, of }: Share, scene: Scene): Model {
  const lines = shareLines(new URL(host).origin);
  const idle: Shopper[] = [];
  const people = shareOf(PEOPLE, index, of);
  const most = Math.max(1, shareOf(MOST, index, of));
  const tooMany = `not sent: ${most} requests in progress`;
  let known = 0;
  let busy = 0;
  let next = index;
  let timer: NodeJS.Timeout | undefined;

  const whoever = (): Shopper => {
    const waited = known < people ? undefined : idle.shift();
    if (waited) return waited;
    known += 1;
    return scene.shopper(lines);
  };

  const begin = async (arrival: number, due: number) => {
    const shopper = whoever();
    busy += 1;
    await shopper.act(createChance(plan.seed, arrival), due);
    busy -= 1;
    idle.push(shopper);
  };

  const work = () => {
    const now = performance.now();
    const second = scene.second();
    for (;;) {
      const dueSecond = dueAt(plan, next);
      if (dueSecond === undefined) return;
      const missing = 1_000 * (dueSecond - second);
      if (missing > GRAIN_MS) {
        timer = setTimeout(work, Math.min(missing - GRAIN_MS / 2, LONGEST_SLEEP_MS));
        return;
      }
      scene.late(-missing);
      // What is not sent would have waited for no one knows how long: it counts as long as the longest wait there is.
      if (busy >= most) scene.recorder.record("GET", "(not sent)", scene.patience * 1e6, 0, tooMany);
      else scene.underWay(begin(next, now + missing));
      next += of;
    }
  };

  work();
  return {
    users: () => busy,
    stop: () => clearTimeout(timer),
    close: lines.close,
  };
}

/** Connections for whoever needs one: the one used last first, so that as few as possible are open. */
function shareLines(origin: string): Lines & { close(): void } {
  const idle: Line[] = [];
  return {
    take: () => idle.pop() ?? openLine(origin),
    give: (line) => void idle.push(line),
    close() {
      for (const line of idle) line.close();
    },
  };
}

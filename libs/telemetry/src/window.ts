import { outside } from "@boutique/rpc/context";
import type { Clock } from "./clock.ts";
import type { Reported, Windowed } from "./tally.ts";
import { traffics } from "./traffic.ts";

/** A report, and all that is counted in its window. */
interface Report {
  readonly name: string;
  readonly schema: number;
  readonly about: string;
  readonly window: { readonly every: number; readonly events?: number };
  readonly fields: Readonly<Record<string, Reported>>;
  readonly windowed: readonly Windowed[];
}

/** Opens one window after the other: at the end of each, what was counted in it is written, for each traffic. */
export function openWindow(
  { name, schema, about, window: { every, events }, fields, windowed }: Report,
  log: { info(fields: object, words: string): void },
  clock: Clock,
) {
  let since = clock.now();
  let counted = 0;
  let cancel = () => {};
  const end = (reason: string) => {
    cancel();
    const window_s = Math.round((clock.now() - since) / 10) / 100;
    for (const traffic of traffics) {
      if (!windowed.some((figure) => figure.used(traffic))) continue;
      const figures = Object.entries(fields).map(([field, figure]) => [field, figure.read(traffic)]);
      const dropped = windowed.reduce((sum, figure) => sum + figure.dropped(), 0);
      const head = { event: name, schema, synthetic: traffic === "synthetic", window_s, ended_by: reason };
      log.info({ ...head, ...Object.fromEntries(figures), ...(dropped > 0 && { dropped }) }, about);
    }
    for (const figure of windowed) figure.reset();
    since = clock.now();
    counted = 0;
    cancel = clock.after(every, () => flush("time"));
  };
  // Of no request, though one may be at its side when the window ends.
  const flush = (reason: "time" | "events" | "stop"): void => outside(() => end(reason));
  cancel = outside(() => clock.after(every, () => flush("time")));
  return {
    flush,
    /** So many more were counted of what may end a window early. */
    count(by: number): void {
      const before = counted;
      counted += by;
      // After whatever else belongs to what was counted.
      if (events && before < events && counted >= events) queueMicrotask(() => flush("events"));
    },
  };
}

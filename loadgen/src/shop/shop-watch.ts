import { names, roster } from "@boutique/contract/roster";
import type { ShopPoint } from "../results/result.ts";
import { type Figures, figuresOf } from "./shop-figures.ts";

/** Where a service tells its metrics. Without a name it is called what its `app_info` says, or else its host. */
export interface Source {
  readonly service?: string;
  readonly url: string;
}

/** How long an answer may take, milliseconds: one that takes longer is missing in that moment. */
const ANSWER_WITHIN_MS = 1_000;

/** Where the services of `npm start -- --port N` tell their metrics. */
export const localShop = (port: number): readonly Source[] =>
  names.map((name, place) => ({
    service: roster[name].workload,
    url: `http://127.0.0.1:${port + 1 + names.length + place}/metrics`,
  }));

/**
 * Asks each service how it is doing, every so many seconds, and tells it all at once, with the seconds since `startAt`
 * (milliseconds since the epoch). CPU is of the time since the answer before, so the first answer tells nothing.
 * Returns what ends it.
 */
export function watchShop(
  sources: readonly Source[],
  every: number,
  tell: (points: readonly ShopPoint[]) => void,
  startAt: number,
): () => void {
  const over = new AbortController();
  const watches = sources.map(createWatch);
  let asking = false;
  const look = async () => {
    if (asking) return;
    asking = true;
    const second = (Date.now() - startAt) / 1_000;
    const points = await Promise.all(watches.map((watch) => watch(second, over.signal)));
    asking = false;
    const told = points.filter((point) => point !== undefined);
    // Services that share a process tell of it one by one: once is enough.
    const there = [...new Map(told.map((point) => [point.service, point])).values()];
    if (there.length > 0 && !over.signal.aborted) tell(there);
  };
  const timer = setInterval(look, every * 1_000).unref();
  void look();
  return () => {
    clearInterval(timer);
    over.abort();
  };
}

type Watch = (second: number, over: AbortSignal) => Promise<ShopPoint | undefined>;

/** Remembers what a service said last, since it counts the CPU of its whole life. */
function createWatch({ service, url }: Source): Watch {
  let last: { readonly at: number; readonly cpu: number } | undefined;
  return async (second, over) => {
    const figures = await ask(url, over);
    const at = performance.now();
    const before = last;
    last = figures && { at, cpu: figures.cpuSeconds };
    // One that has begun again counts from 0 again.
    if (!figures || !before || figures.cpuSeconds < before.cpu) return undefined;
    return {
      second,
      service:
        figures.services > 1 ? `all at ${new URL(url).hostname}` : (service ?? figures.service ?? new URL(url).host),
      cpu: (figures.cpuSeconds - before.cpu) / ((at - before.at) / 1_000),
      rss: figures.rssBytes / 2 ** 20,
      loopP99: figures.loopP99Seconds * 1_000,
      inFlight: figures.inFlight,
    };
  };
}

async function ask(url: string, over: AbortSignal): Promise<Figures | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([over, AbortSignal.timeout(ANSWER_WITHIN_MS)]) });
    return answer.ok ? figuresOf(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
}

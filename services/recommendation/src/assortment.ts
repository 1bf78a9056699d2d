import type { Client } from "@boutique/contract/topology";
import { kept } from "@boutique/rpc/kept";

const LIFETIME = 5_000;
// Callers allow a recommendation 150 ms: enough for a catalogue that is well, too little to wait for one that is not.
const PATIENCE = 50;
const RESPITE = 1_000;

/**
 * The ids of all products, at most 5 s old. While the catalogue is away or slow it is the last list instead, and the
 * catalogue is asked again once a second only. Before there was a list, the catalogue's own error.
 */
export function createAssortment(catalog: Client<"catalog">, now: () => number = Date.now) {
  const list = kept(LIFETIME, async () => (await catalog.listProducts({})).products.map(({ id }) => id), now);
  let awayUntil = 0;

  return async (): Promise<readonly string[]> => {
    const last = list.last();
    if (last && now() < awayUntil) return last;
    const current = list.get();
    if (!last) return current;
    const makeDo = () => {
      awayUntil = now() + RESPITE;
      return last;
    };
    return soon(current, makeDo).catch(makeDo);
  };
}

/** The outcome of some work, or something instead when it takes longer than the patience there is. */
async function soon<T>(work: Promise<T>, instead: () => T): Promise<T> {
  const late = Promise.withResolvers<T>();
  const timer = setTimeout(() => late.resolve(instead()), PATIENCE);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

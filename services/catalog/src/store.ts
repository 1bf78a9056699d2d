import { readData } from "@boutique/runtime/data";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { checkProducts } from "./products.ts";
import type { Operation, Signals } from "./signals.ts";
import { stateOf, watchFile } from "./watch.ts";

/** Where the store says what becomes of its file. */
export interface Journal {
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
}

/** The catalogue that a product file holds, kept up to date. */
export interface Store {
  /** The catalogue as it is now; whoever holds one keeps it whole while the next takes its place. */
  current(): Catalogue;
  /** From now on each use reads the file anew: slow on purpose, to have something to look for in a demo. */
  readAtEachUse(): void;
  /** From now on the file is read when it has changed, as at the start. */
  readWhenChanged(): void;
  close(): void;
}

/**
 * Opens a product file and looks every so many milliseconds whether it has changed. A file that is broken at the start
 * is a StartError; later it is refused with a warning, once for each change, and the old products stay.
 */
export function openStore(file: string | URL, journal: Journal, signals: Signals, every = 500): Store {
  let told = "";
  // Where a file is read at each use, nothing is said of it a second time.
  const isNews = (outcome: string) => {
    const known = told;
    told = outcome;
    return outcome !== known;
  };
  const read = (operation: Operation): Catalogue => {
    const state = stateOf(file);
    try {
      const next = createCatalogue(readData(file, checkProducts));
      if (isNews(state)) signals.loaded(operation, next.products.length);
      return next;
    } catch (error) {
      const { message: reason } = error as Error;
      if (isNews(`${state} ${reason}`)) {
        signals.refused(operation, reason);
        if (operation === "reload") journal.warn({ reason }, "product file refused, the old products stay");
      }
      throw error;
    }
  };

  const since = stateOf(file);
  let catalogue = read("load");
  let atEachUse = false;
  const reread = () => {
    try {
      catalogue = read("reload");
    } catch {
      // The old products stay.
    }
  };
  const close = watchFile(file, since, every, reread);

  return {
    current() {
      if (atEachUse) reread();
      return catalogue;
    },
    readAtEachUse() {
      atEachUse = true;
      journal.info({}, "the product file is read at each call from now on");
    },
    readWhenChanged() {
      atEachUse = false;
      journal.info({}, "the product file is read when it has changed from now on");
    },
    close,
  };
}

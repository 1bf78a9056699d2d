import type { Money } from "@boutique/money/money";

/** A charge that was made, and the refund of it, if there was one. */
export interface Transaction {
  readonly charged: Money;
  refund?: { readonly id: string; readonly key: string };
}

/** The latest transactions, at most so many; the oldest are forgotten. */
export interface Transactions {
  add(id: string, charged: Money): void;
  find(id: string): Transaction | undefined;
}

/** Remembers transactions for as long as the process lives, which is as long as a shop for show needs. */
export function createTransactions(max = 100_000): Transactions {
  const kept = new Map<string, Transaction>();
  return {
    add: (id, charged) => {
      kept.set(id, { charged });
      for (const oldest of kept.keys()) {
        if (kept.size <= max) return;
        kept.delete(oldest);
      }
    },
    find: (id) => kept.get(id),
  };
}

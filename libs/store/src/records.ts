/** How long a record is kept, in milliseconds: 7 days, which is as long as a cart is. */
export const lifetime = 7 * 24 * 3_600_000;

/** For so long a record is kept however many there are, in milliseconds: who asked for it may not know yet what came of it. */
export const surely = 3_600_000;

/** How many records of one kind are kept, the oldest of which are forgotten first; in Redis they take some 9 MB. */
export const most = 20_000;

/** What is kept by a key once somebody asked for it to be, which others may have done before. */
export interface Kept<T> {
  /** Undefined when the key was given up. */
  readonly kept: T | undefined;
  /** Whether it was kept just now. */
  readonly first: boolean;
}

/**
 * What became of things that are asked for by a key: each was done, once, or was given up. Records are only ever added,
 * so that who knows one knows it for good. Each method is atomic, whoever else uses the store; a store that is away is
 * UNAVAILABLE, and then nobody knows whether it was done: ask again.
 */
export interface Records<T> {
  /** Keeps a value by a key, unless that has one already or was given up: the first who asks decides for all. */
  keep(key: string, value: T): Promise<Kept<T>>;
  /** What is kept by a key; where there is nothing the key is given up, and nothing is kept by it any more. */
  giveUp(key: string): Promise<T | undefined>;
  /** What is kept by a key; undefined when nothing is, as yet or for good. */
  find(key: string): Promise<T | undefined>;
}

/** Reads a value that comes out of a store, where others may have been; undefined when it makes no sense. */
export type Read<T> = (value: unknown) => T | undefined;

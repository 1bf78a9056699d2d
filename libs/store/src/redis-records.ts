import type { Redis } from "ioredis";
import { keep } from "./keep.ts";
import { orAway } from "./reason.ts";
import { most as mostOfAll, type Read, type Records, surely as surelyOfAll } from "./records.ts";

// A record is a text by its key: JSON, or nothing at all for a key that was given up. A script, since Redis runs nothing
// else meanwhile: of all who ask at once, one is the first.
const keepRecord = `${keep}
  return keep(KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))`;

const GIVEN_UP = "";

type WithScript = Redis & {
  keepRecord(record: string, records: string, text: string, most: number, surely: number): Promise<string | null>;
};

/** Where records are in Redis, and how they are read. */
export interface Place<T> {
  /** What the store is called when it is away, as in "the payment store". */
  readonly store: string;
  /** What the keys begin with, as in "payment:charge"; other services keep theirs in the same Redis. */
  readonly prefix: string;
  readonly read: Read<T>;
  readonly most?: number;
  readonly surely?: number;
}

/** Makes records that all who use a Redis share. */
export function createRedisRecords<T extends object | string>(
  redis: Redis,
  { store, prefix, read, most = mostOfAll, surely = surelyOfAll }: Place<T>,
): Records<T> {
  redis.defineCommand("keepRecord", { numberOfKeys: 2, lua: keepRecord });
  const keyOf = (key: string) => `${prefix}:${key}`;
  const keepText = (key: string, text: string) =>
    orAway(store, (redis as WithScript).keepRecord(keyOf(key), prefix, text, most, surely));

  const understand = (key: string, text: string | null) => {
    if (text === null || text === GIVEN_UP) return undefined;
    const value = read(parsed(text));
    if (value === undefined) throw new Error(`what is kept in Redis by ${keyOf(key)} makes no sense`);
    return value;
  };

  return {
    keep: async (key, value) => {
      const found = await keepText(key, JSON.stringify(value));
      return found === null ? { kept: value, first: true } : { kept: understand(key, found), first: false };
    },
    giveUp: async (key) => understand(key, await keepText(key, GIVEN_UP)),
    find: async (key) => understand(key, await orAway(store, redis.get(keyOf(key)))),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

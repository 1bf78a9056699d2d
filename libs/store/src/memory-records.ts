import { lifetime, most as mostOfAll, type Records } from "./records.ts";

/** Makes records that are known to this process alone, and lost when it ends: at most so many, however young. */
export function createMemoryRecords<T>({ most = mostOfAll, surely = 0, now = Date.now } = {}): Records<T> {
  // In the order in which they were kept, and so in that of their expiry. Without a value: given up.
  const records = new Map<string, { readonly value: T | undefined; readonly until: number }>();

  const look = (key: string) => {
    const record = records.get(key);
    return record && record.until > now() ? record : undefined;
  };
  const add = (key: string, value: T | undefined) => {
    // One that expired would keep its place among the oldest.
    records.delete(key);
    records.set(key, { value, until: now() + lifetime });
    for (const [oldest, { until }] of records) {
      const isYoung = until > now() + lifetime - surely;
      if (until > now() && (records.size <= most || isYoung)) return;
      records.delete(oldest);
    }
  };

  return {
    keep: async (key, value) => {
      const known = look(key);
      if (known) return { kept: known.value, first: false };
      add(key, value);
      return { kept: value, first: true };
    },
    giveUp: async (key) => {
      const known = look(key);
      if (!known) add(key, undefined);
      return known?.value;
    },
    find: async (key) => look(key)?.value,
  };
}

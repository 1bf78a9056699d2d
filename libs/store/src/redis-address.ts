import type { Setting } from "@boutique/runtime/settings";

/** Where a Redis is and how to be let in. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
}

/** A Redis: "host:port", a redis:// or rediss:// URL, or the form of the original shop's client; empty for none. */
export const redisAddress = (about: string): Setting<RedisAddress | ""> => ({
  fallback: "",
  about,
  kind: "host:port, redis://[user:password@]host:port/db, rediss://... or host:port,password=...,ssl=true",
  secret: (text) => /@|password/i.test(text),
  parse: read,
});

function read(text: string): RedisAddress | undefined {
  try {
    return /^rediss?:\/\//i.test(text) ? readUrl(text) : readList(text);
  } catch {
    return undefined; // A % that begins no character.
  }
}

function readUrl(text: string): RedisAddress | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  const [, db] = /^\/?(\d{0,4})$/.exec(url?.pathname ?? "") ?? [];
  if (!url || db === undefined || url.search || url.hash || url.port === "0") return undefined;
  // A number alone is a port whose host was forgotten.
  if (!/^[\w.:-]+$/.test(host) || /^\d+$/.test(host)) return undefined;
  return {
    host,
    port: Number(url.port || 6379),
    db: Number(db),
    tls: url.protocol === "rediss:",
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
  };
}

/** "host:port,name=value,...": names that only tune the original's client are passed over. */
function readList(text: string): RedisAddress | undefined {
  const [place = "", ...options] = text.split(",").map((part) => part.trim());
  if (/[@/]/.test(place) || !options.every((option) => /^\w+ *=/.test(option))) return undefined;
  const address = readUrl(`redis://${place}`);
  const given = new Map(
    options.map((option) => {
      const [, name = "", value = ""] = /^(\w+) *= *(.*)$/.exec(option) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
  const { user: username, password, ssl, defaultdatabase: db = "0" } = Object.fromEntries(given);
  if (!address || !/^\d{1,4}$/.test(db) || !/^(true|false)?$/i.test(ssl ?? "")) return undefined;
  return {
    ...address,
    db: Number(db),
    tls: ssl?.toLowerCase() === "true",
    ...(username && { username }),
    ...(password && { password }),
  };
}

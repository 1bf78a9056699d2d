/** A setting: what it is when nothing is said, how its text is read, and what it is for. */
export interface Setting<T> {
  readonly fallback: T;
  /** Reads the text; undefined when it makes no sense. */
  readonly parse: (text: string) => T | undefined;
  /** What the text should have been, as in "PORT=abc is not a port". */
  readonly kind: string;
  readonly about: string;
  /** Whether a text may hold a password, so that it is not shown when it is refused. */
  readonly secret?: (text: string) => boolean;
  /** Another variable that means the same, from the original shop. */
  readonly alias?: string;
}

export type Schema = Readonly<Record<string, Setting<unknown>>>;
export type Settings<S extends Schema> = { readonly [K in keyof S]: S[K]["fallback"] };

/** Reads settings from the environment. All problems are found together and reported in one error. */
export function readSettings<S extends Schema>(schema: S, source: NodeJS.ProcessEnv): Settings<S> {
  const problems: string[] = [];
  const read = ([name, { fallback, parse, kind, secret, alias = "" }]: [string, Setting<unknown>]) => {
    const given = source[name]?.trim() ? name : alias;
    const text = source[given]?.trim();
    if (!text) return [name, fallback];
    const value = parse(text);
    if (value === undefined)
      problems.push(`${secret?.(text) ? `${given} (not shown)` : `${given}=${text}`} is not ${kind}`);
    return [name, value];
  };
  const settings = Object.fromEntries(Object.entries(schema).map(read));
  if (problems.length > 0) throw new Error(problems.join("; "));
  return settings as Settings<S>;
}

export const text = (fallback: string, about: string): Setting<string> => ({
  fallback,
  about,
  kind: "a text",
  parse: (text) => text,
});

export const port = (fallback: number, about: string): Setting<number> => ({
  fallback,
  about,
  kind: "a port (0 to 65535)",
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
});

/** A duration in milliseconds, at least 1. */
export const milliseconds = (fallback: number, about: string): Setting<number> => ({
  fallback,
  about,
  kind: "a number of milliseconds above 0",
  parse: (text) => (/^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
});

/** How many, from 1 on. */
export const count = (fallback: number, about: string): Setting<number> => ({
  fallback,
  about,
  kind: "a whole number from 1 on",
  parse: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
});

/** True or false; `1` and `0` mean the same. */
export const flag = (fallback: boolean, about: string): Setting<boolean> => ({
  fallback,
  about,
  kind: "true or false",
  parse: (text) => ({ true: true, "1": true, false: false, "0": false })[text.toLowerCase()],
});

/** One of some words, in any case. */
export const oneOf = <const W extends string>(words: readonly W[], fallback: W, about: string): Setting<W> => ({
  fallback,
  about,
  kind: `one of ${words.join(", ")}`,
  parse: (text) => words.find((word) => word === text.toLowerCase()),
});

const units = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

// What timers take; they would be over at once with more.
const LONGEST_MS = 2 ** 31 - 1;

/** A duration as Go writes it ("5.5s", "1m30s"), in milliseconds; up to 24 days. */
export const duration = (fallback: number, about: string): Setting<number> => ({
  fallback,
  about,
  kind: 'a duration such as "300ms" or "5.5s", up to 24 days',
  parse: (text) => {
    if (text === "0") return 0;
    if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
    const sum = parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
    return sum <= LONGEST_MS ? sum : undefined;
  },
});

/** The settings as `--help` prints them: name, default, meaning. */
export const describe = (schema: Schema): string =>
  Object.entries(schema)
    .map(([name, { fallback, about }]) => `  ${name}${fallback === "" ? "" : ` (${fallback})`}\n      ${about}`)
    .join("\n");

import { parseArgs } from "node:util";
import type { Reading } from "./values.ts";

/** An option that is there or is not. */
export const flag = "flag";

interface Option {
  readonly reads: Reading<unknown> | typeof flag;
  readonly short?: string;
}

/** The options of a command by name, without the dashes. */
export type Described = Readonly<Record<string, Option>>;

/** What was given: of options that were not, nothing. */
export type Given<D extends Described> = {
  readonly [N in keyof D]?: D[N]["reads"] extends Reading<infer T> ? T : true;
};

/** Text as it is, but not empty. */
export const text: Reading<string> = (option, given) => {
  if (given !== "") return given;
  throw new Error(`${option} needs a value`);
};

/** Reads a command line; the last of several counts. What it cannot make sense of, it throws as one line. */
export function readCommandLine<D extends Described>(args: readonly string[], described: D) {
  const options = Object.fromEntries(
    Object.entries(described).map(([name, { reads, short }]) => {
      const type = reads === flag ? ("boolean" as const) : ("string" as const);
      return [name, { type, ...(short && { short }) }];
    }),
  );
  const { tokens, positionals } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true });
  const given: Record<string, unknown> = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const known = Object.hasOwn(described, name) ? described[name] : undefined;
    if (!known) throw new Error(`there is no option ${rawName}`);
    if (known.reads === flag) {
      if (value !== undefined) throw new Error(`${rawName} takes no value`);
      given[name] = true;
    } else {
      // "--host --users 5" forgot the host; "--host=--x" meant it.
      if (value === undefined || (!token.inlineValue && /^--\D/.test(value)))
        throw new Error(`${rawName} needs a value`);
      given[name] = known.reads(rawName, value);
    }
  }
  return { given: given as Given<D>, positionals };
}

import { parseArgs } from "node:util";

/** What `npm run chaos -- --help` prints. */
export const help = `npm run chaos: shoppers buy while everybody whom an order needs is killed, then everything is audited.

  npm run chaos -- [options]

  --minutes M     how long (10)
  --orders N      end as soon as so many were placed, and so many blows dealt as --kills says
  --kills N       (200, with --orders)
  --seed N        the same number gives the same row of blows and shoppers (1)
  --shoppers N    how many there are at a time (24)
  --help          this

It starts a shop of its own: eleven processes, two of them checkout, and a Redis (which must be installed) that writes
everything down. Checkout, payment, shipping and Redis are killed at every step of an order, in ever another order, and everybody is
killed or frozen at any time in between; then and now checkout sleeps longer than it holds the order it is at. Then there is quiet, 15 s at most, and the audit: every order that a shopper saw confirmed is
there once, paid once and shipped once; every other charge was given back; every cart holds what its shopper put there. Exit code 1
if anything is otherwise.`;

/** What chaos was asked for. */
export interface Options {
  readonly minutes: number;
  /** So many orders are enough; undefined for as many as there is time for. */
  readonly orders: number | undefined;
  readonly kills: number;
  readonly seed: number;
  readonly shoppers: number;
}

const described = {
  minutes: { type: "string", default: "10" },
  orders: { type: "string" },
  kills: { type: "string", default: "200" },
  seed: { type: "string", default: "1" },
  shoppers: { type: "string", default: "24" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads the command line; undefined when help was asked for. What it cannot make sense of, it throws as one line. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({ args, options: described });
  if (values.help) return undefined;
  const read = (name: "minutes" | "orders" | "kills" | "seed" | "shoppers", kind: RegExp): number => {
    const text = values[name] ?? "";
    if (kind.test(text)) return Number(text);
    throw new Error(`--${name} ${text} is no number that makes sense`);
  };
  return {
    minutes: read("minutes", /^\d{1,3}(\.\d+)?$/),
    orders: values.orders === undefined ? undefined : read("orders", /^\d{1,6}$/),
    kills: read("kills", /^\d{1,6}$/),
    seed: read("seed", /^\d{1,9}$/),
    shoppers: read("shoppers", /^[1-9]\d?$/),
  };
}

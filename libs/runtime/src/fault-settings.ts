import { rpcsOf } from "@boutique/contract/proto";
import { topology } from "@boutique/contract/topology";
import { duration, type Setting, type Settings } from "./settings.ts";

const share = (about: string): Setting<number> => ({
  fallback: 0,
  about,
  kind: "a number from 0 to 1",
  parse: (text) => (/^(0?\.\d+|0|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
});

const prefixes = (about: string): Setting<string> => ({
  fallback: "",
  about,
  kind: 'a list of paths such as "/product/,/cart", or of calls that there are, such as "/hipstershop.CartService/"',
  parse: (text) => (prefixesIn(text).every(isPath) ? text : undefined),
});

/** Pages are the storefront's business; of calls everyone knows which there are, and a typing error would do nothing. */
const isPath = (prefix: string) =>
  prefix.startsWith("/hipstershop") ? calls().some((path) => path.startsWith(prefix)) : /^\/\S*$/.test(prefix);

const calls = () =>
  Object.values(topology).flatMap((entry) => ("service" in entry ? rpcsOf(entry.service).map(({ path }) => path) : []));

const seed = (about: string): Setting<number> => ({
  fallback: 1,
  about,
  kind: "a whole number of at most nine digits",
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
});

/** How a service can be told to do badly, so that people see how that is noticed. */
export const faultSettings = {
  FAULT_LATENCY: duration(0, "How much later than need be calls and pages are answered, on purpose."),
  FAULT_ERROR_RATE: share("The share of calls and pages that fail on purpose, from 0 to 1."),
  FAULT_PATHS: prefixes(
    "Which calls and pages those are: the beginnings of paths, such as /product/ or /hipstershop.CartService/GetCart, with commas between them; empty for all but health.",
  ),
  FAULT_SEED: seed("Which of them fail: the same number gives the same row of failures again."),
};

export type FaultSettings = Settings<typeof faultSettings>;

/** The paths of a list, each without the spaces around it. */
export const prefixesIn = (text: string): readonly string[] =>
  text
    .split(",")
    .map((prefix) => prefix.trim())
    .filter((prefix) => prefix !== "");

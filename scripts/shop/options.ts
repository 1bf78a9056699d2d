import { parseArgs } from "node:util";
import { type Name, names, roster } from "../../libs/contract/src/roster.ts";

/** What the shop was asked to be. */
export interface Options {
  readonly host: string;
  /** The first of the ports it takes. */
  readonly port: number;
  /** Where carts are kept; undefined for the memory of the cart service. */
  readonly redis: string | undefined;
  readonly chosen: readonly Name[];
  /** Whether all of them share a process, and call each other without a wire. */
  readonly colocated: boolean;
  /** How many processes share the storefront's port. */
  readonly workers: number;
  /** Which lines of the services are shown, and how. */
  readonly lines: "news" | "all" | "json";
  readonly watch: boolean;
}

/** How many ports a shop takes: for HTTP and gRPC of each, and for its metrics; each further worker has as many kept. */
export const portCount = 2 * names.length + 1;

const described = {
  port: { type: "string", default: "8080" },
  host: { type: "string", default: "127.0.0.1" },
  redis: { type: "string" },
  without: { type: "string", multiple: true },
  only: { type: "string", multiple: true },
  colocated: { type: "boolean", default: false },
  workers: { type: "string", default: "1" },
  verbose: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  watch: { type: "boolean", default: false },
  help: { type: "boolean", default: false, short: "h" },
} as const;

/** Reads the command line; undefined when help was asked for. What it cannot make sense of, it throws as one line. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | undefined {
  const { values, tokens } = parseArgs({
    args,
    options: described,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional")
      throw new Error(`"${token.value}" makes no sense here: options go behind a bare --`);
    if (token.kind !== "option") continue;
    const known = described[token.name as keyof typeof described];
    if (!known) throw new Error(`there is no option ${token.rawName}`);
    if (known.type === "string" && !token.value) throw new Error(`${token.rawName} needs a value`);
    if (known.type === "boolean" && token.value !== undefined) throw new Error(`${token.rawName} takes no value`);
  }
  if (values.help) return undefined;
  if (values.only && values.without) throw new Error("--only and --without exclude each other");
  const without = namesIn("--without", values.without as string[] | undefined);
  const chosen = values.only
    ? namesIn("--only", values.only as string[])
    : names.filter((name) => !without.includes(name));
  const redis = (values.redis as string | undefined) ?? (environment.REDIS_ADDR || undefined);
  const workers = readWorkers(String(values.workers));
  if (workers > 1 && !chosen.includes("frontend")) throw new Error(`--workers ${workers} is for the storefront`);
  if (workers > 1 && values.colocated && !redis && chosen.includes("cart"))
    throw new Error(`--workers ${workers} with --colocated needs --redis: else each process has carts of its own`);
  return {
    host: String(values.host),
    port: readPort(String(values.port), workers),
    redis,
    chosen,
    colocated: values.colocated === true,
    workers,
    lines: values.json ? "json" : values.verbose ? "all" : "news",
    watch: values.watch === true,
  };
}

function readPort(text: string, workers: number): number {
  const count = portCount * workers;
  const last = 65_536 - count;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= last) return port;
  throw new Error(`--port ${text}: the first of ${count} ports is between 1 and ${last}`);
}

function readWorkers(text: string): number {
  if (/^([1-9]|[1-5]\d|6[0-4])$/.test(text)) return Number(text);
  throw new Error(`--workers ${text}: from 1 to 64 processes can share the storefront's port`);
}

/** Services by folder or by workload name, in the order of the roster. */
function namesIn(option: string, values: readonly string[] = []): readonly Name[] {
  const given = values.flatMap((value) => value.split(/[\s,]+/)).filter(Boolean);
  const meant = (word: string) => names.find((name) => word === name || word === roster[name].workload);
  const unknown = given.filter((word) => !meant(word));
  if (unknown.length > 0) throw new Error(`${option} ${unknown.join(",")}: the services are ${names.join(", ")}`);
  return names.filter((name) => given.some((word) => meant(word) === name));
}

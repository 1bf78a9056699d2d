import type { Objectives } from "../plan/plan.ts";
import { type Asked, described } from "./asked.ts";
import { readCommandLine } from "./command-line.ts";
import { refuseContradictions } from "./contradictions.ts";
import { positive, shopUrl } from "./values.ts";

/** What the load generator was asked to do. */
export type Command =
  | { readonly does: "help" | "version" | "plans" }
  | { readonly does: "compare"; readonly files: readonly string[]; readonly html: string | undefined }
  | {
      readonly does: "work";
      readonly masterHost: string;
      readonly masterPort: number;
      readonly token: string | undefined;
    }
  | LoadCommand;

/** A load that is to be made, by hand or at once. */
export interface LoadCommand {
  readonly does: "load";
  /** As it was given; what has a default has it below. */
  readonly asked: Asked;
  /** A shipped plan or a file; undefined where the options say it all. */
  readonly plan: string | undefined;
  readonly host: string;
  readonly users: number;
  /** Undefined where a rate is asked for, and nothing said of how fast it grows. */
  readonly spawnRate: number | undefined;
  readonly headless: boolean;
  /** What web visitors and workers must show. */
  readonly token: string | undefined;
  readonly thresholds: Objectives;
}

/** Reads the command line and the variables of the original's container. What makes no sense, it throws as one line. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  if (args[0] === "compare") return readComparison(args.slice(1));
  const { given, positionals } = readCommandLine(args, described);
  for (const does of ["help", "version", "plans"] as const) if (given[does]) return { does };
  const [named, unexpected] = positionals;
  if (unexpected !== undefined) throw new Error(`"${unexpected}" makes no sense here: one plan at a time`);
  if (named !== undefined && given.plan !== undefined) throw new Error(`--plan and "${named}" are two plans: give one`);
  const plan = given.plan ?? named;
  refuseContradictions(given, plan);
  const token = given.token ?? (environment.LOADGEN_TOKEN || undefined);
  if (given.worker) {
    const { "master-host": masterHost = "127.0.0.1", "master-port": masterPort = 5_557 } = given;
    return { does: "work", masterHost, masterPort, token };
  }
  const { FRONTEND_ADDR, USERS, RATE } = environment;
  const byHand = given.autostart ?? given["web-host"] ?? given["web-port"];
  const { "fail-ratio": failRatio, p50, p95, p99 } = given;
  return {
    does: "load",
    asked: given,
    plan,
    host: given.host ?? (FRONTEND_ADDR ? shopUrl("FRONTEND_ADDR", FRONTEND_ADDR) : "http://127.0.0.1:8080"),
    users: given.users ?? (USERS ? described.users.reads("USERS", USERS) : 10),
    spawnRate: given["spawn-rate"] ?? (given.rate === undefined ? (RATE ? positive("RATE", RATE) : 1) : undefined),
    headless: given.headless ?? (Boolean(FRONTEND_ADDR) && plan === undefined && byHand === undefined),
    token,
    thresholds: {
      ...(failRatio !== undefined && { failRatio }),
      ...(p50 !== undefined && { p50 }),
      ...(p95 !== undefined && { p95 }),
      ...(p99 !== undefined && { p99 }),
    },
  };
}

function readComparison(args: readonly string[]): Command {
  const { html, help } = described;
  const { given, positionals } = readCommandLine(args, { html, help });
  if (given.help) return { does: "help" };
  if (positionals.length < 2) throw new Error("compare needs at least two results: compare a.json b.json");
  return { does: "compare", files: positionals, html: given.html };
}

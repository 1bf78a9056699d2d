import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const help = `Asks npm's advisory database about the production dependencies: what the images hold, and the load generator.

  npm run audit
  --level LEVEL   the least severe weakness that counts: low, moderate (the default), high, critical
  --help          this

It covers the packages of the lock file that are not for development alone. It does not cover Node itself, the base image
of the containers, or Redis: those are the business of whoever scans the images.

Exit code 0 when none is known, 1 when one is, 2 for options that will not do, 3 when the registry does not answer.`;

const levels = ["low", "moderate", "high", "critical"];

const level = readOrExit();

interface Advice {
  readonly severity: string;
  readonly range: string;
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
  readonly fixAvailable: boolean | { readonly name: string; readonly version: string };
}

const { stdout, stderr } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
const answer = readAnswer(stdout);
if (!answer?.vulnerabilities) {
  console.error(`not known: the registry does not answer (${answer?.message ?? stderr.trim().split("\n").at(-1)})`);
  process.exit(3);
}

const counted = Object.entries(answer.vulnerabilities).filter(
  ([, { severity }]) => levels.indexOf(severity) >= levels.indexOf(level),
);
for (const [name, { severity, range, via, fixAvailable }] of counted) {
  console.log(`${severity.padEnd(9)} ${name} ${range}${fixAvailable ? "  (there is a version without it)" : ""}`);
  for (const reason of via)
    console.log(`          ${typeof reason === "string" ? `by ${reason}` : `${reason.title}: ${reason.url}`}`);
}
const asked = answer.metadata?.dependencies?.prod ?? "all";
console.log(`${counted.length} with a known weakness (${level} or worse), of ${asked} production dependencies`);
process.exit(counted.length > 0 ? 1 : 0);

function readOrExit(): string {
  try {
    const options = { level: { type: "string", default: "moderate" }, help: { type: "boolean", short: "h" } } as const;
    const { level, help: asked } = parseArgs({ options }).values;
    if (asked) {
      console.log(help);
      process.exit(0);
    }
    if (!levels.includes(level)) throw new Error(`--level ${level} is none of ${levels.join(", ")}`);
    return level;
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]}. All options: npm run audit -- --help`);
    process.exit(2);
  }
}

interface Answer {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, Advice>>;
  readonly metadata?: { readonly dependencies?: { readonly prod?: number } };
}

function readAnswer(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

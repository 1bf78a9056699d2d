import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { add, type Count, counted, once } from "./test/counts.ts";
import { provide } from "./test/provide.ts";

const help = `npm test: everything that is checked, and one summary.

  npm test                   all that needs no Docker and no cluster: types, lint, generated code and docs, artefacts
                             (Dockerfiles, compose, manifests), unit, wire, signals and end-to-end tests, and
                             faults (two minutes: every part killed, hung, late and talking nonsense; orders under
                             kills; a rolling restart)
  npm test -- --only unit    some steps alone, a list with commas: types, lint, generated, artefacts, unit, wire,
                             signals, e2e, faults, colocated (wire, signals and the browser's again, in one process),
                             images and compose (with Docker), k8s (in a cluster)
  npm test -- --all          all of them
  --context NAME             the kubectl context of the cluster for k8s (the current one)
  --registry NAME            where its nodes get images for k8s (those that were loaded into them)

Images are built first (npm run images), and loaded into the cluster, or pushed (--push --registry NAME). What the
machine lacks (Redis, Chromium, promtool, kubectl) is skipped and named. With CI=true it is installed first where that
can be done (Debian, as root), and a failure where it cannot.`;

const values = readOrExit();
if (values.help) {
  console.log(help);
  process.exit(0);
}

function readOrExit() {
  try {
    return parseArgs({
      options: {
        only: { type: "string" },
        all: { type: "boolean" },
        context: { type: "string" },
        registry: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]}. All options: npm test -- --help`);
    process.exit(1);
  }
}

const root = new URL("..", import.meta.url);
const bin = (name: string) => join(root.pathname, "node_modules/.bin", name);
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${bin("")}:${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  ...(values.context && { E2E_CONTEXT: values.context }),
  ...(values.registry && { E2E_REGISTRY: values.registry }),
};

// What was skipped for want of Redis must not be taken from the cache once there is one.
const versionOfRedis = () => spawnSync("redis-server", ["--version"], { encoding: "utf8" }).stdout ?? "none";

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(bin(command), args, { cwd: root, env: { ...env, REDIS_VERSION: versionOfRedis() }, stdio: "inherit" })
    .status === 0;

const reporters = ["--reporter=default", "--reporter=json"];

/** Where much runs at once a test may wait longer for what comes for sure. */
const patience = ["--testTimeout=20000", "--hookTimeout=30000", "--expect.poll.timeout=10000"];

function endToEnd(name: string, folders: readonly string[], shopOptions?: string): Count {
  const report = join(root.pathname, `e2e/results/${name}.json`);
  rmSync(report, { force: true });
  if (shopOptions) env.SHOP_OPTIONS = shopOptions;
  else delete env.SHOP_OPTIONS;
  const passed = run("vitest", "run", "--root", "e2e", ...reporters, `--outputFile.json=${report}`, ...folders);
  return counted(passed, globSync(report));
}

/** Whether `npm run generate` would write what is committed. */
function generatedIsFresh(): boolean {
  const folder = join(root.pathname, "libs/contract");
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const fresh = mkdtempSync(join(tmpdir(), "gen-"));
  const [command = "", ...args] = scripts.generate.replace("-O gen", `-O ${fresh}`).split(" ");
  spawnSync(bin(command), args, { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  const same = spawnSync("diff", ["-r", fresh, join(folder, "gen")], { stdio: "inherit" }).status === 0;
  if (!same) console.error("libs/contract/gen is not what the protos say: npm run generate");
  rmSync(fresh, { recursive: true });
  return same;
}

const steps: Record<string, () => Count> = {
  types: () => once(run("tsc")),
  lint: () => once(run("biome", "check", "--error-on-warnings")),
  generated: () => add(once(generatedIsFresh()), once(run("node", "scripts/docs.ts", "--check"))),
  artefacts: () => endToEnd("artefacts", ["artefacts/"]),
  unit: () => {
    const args = ["--", ...reporters, ...patience, "--outputFile.json=results/unit.json"];
    const passed = run("turbo", "run", "test", "--continue", "--concurrency=2", "--output-logs=errors-only", ...args);
    return counted(passed, globSync("{{libs,services}/*,loadgen}/results/unit.json", { cwd: root.pathname }));
  },
  wire: () => endToEnd("wire", ["wire/"]),
  signals: () => endToEnd("signals", ["signals/"]),
  e2e: () => endToEnd("e2e", ["shop/", "browser/"]),
  faults: () => endToEnd("faults", ["faults/"]),
  colocated: () => endToEnd("colocated", ["wire/", "signals/", "browser/"], "--colocated"),
};

/** What needs more than this machine: images that were built, an engine that runs them, a cluster. */
const further: typeof steps = {
  images: () => endToEnd("images", ["images/"]),
  compose: () => endToEnd("compose", ["compose/"]),
  k8s: () => endToEnd("k8s", ["k8s/"]),
};
const every = { ...steps, ...further };

const chosen = values.only?.split(",") ?? Object.keys(values.all ? every : steps);
const unknown = chosen.find((name) => !(name in every));
if (unknown !== undefined) {
  console.error(`no step "${unknown}": there are ${Object.keys(every).join(", ")}`);
  process.exit(1);
}

const lacking = provide(process.env.CI === "true");
const results: [string, Count, number][] = [];
for (const name of chosen) {
  console.log(`\n── ${name}`);
  const since = performance.now();
  const count = (every[name] as () => Count)();
  results.push([name, count, (performance.now() - since) / 1_000]);
}

console.log();
for (const [name, { passed, failed, skipped }, seconds] of results) {
  const mark = failed > 0 ? "✗" : "✓";
  console.log(
    `${mark} ${name.padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped  (${seconds.toFixed(1)} s)`,
  );
}
for (const [name, { failures }] of results) for (const failure of failures) console.log(`✗ ${name}: ${failure}`);
for (const line of lacking) console.log(`! ${line}`);
const all = results.map(([, count]) => count).reduce(add);
console.log(`\n${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
process.exit(all.failed > 0 ? 1 : 0);

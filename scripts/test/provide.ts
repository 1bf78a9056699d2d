import { spawnSync } from "node:child_process";
import { chromiumPath, installChromium } from "../../e2e/chromium.ts";

const onPath = (command: string) => spawnSync("which", [command], { stdio: "ignore" }).status === 0;

interface Component {
  readonly what: string;
  readonly found: () => boolean;
  /** The Debian package; some have none. */
  readonly debian?: string;
  readonly how: string;
}

/** What some tests need and npm does not have. */
const components: readonly Component[] = [
  { what: "Redis", found: () => onPath("redis-server"), debian: "redis-server", how: "apt-get install redis-server" },
  { what: "promtool", found: () => onPath("promtool"), debian: "prometheus", how: "apt-get install prometheus" },
  { what: "Chromium", found: () => chromiumPath() !== undefined, debian: "chromium", how: installChromium },
  { what: "kubectl", found: () => onPath("kubectl"), how: "https://kubernetes.io/docs/tasks/tools" },
];

/** Looks for what the tests need, installs it if it may, and says what is still lacking and what that means. */
export function provide(ci: boolean): string[] {
  const missing = () => components.filter(({ found }) => !found());
  const packages = missing().flatMap(({ debian }) => debian ?? []);
  if (ci && packages.length > 0 && process.getuid?.() === 0 && onPath("apt-get")) install(packages);
  const outcome = ci ? "its tests fail" : "its tests are skipped";
  return missing().map(({ what, how }) => `${what} is missing, so ${outcome}: ${how}`);
}

const TRIES = 4;

/** Installs Debian packages; mirrors fail now and then, so more than once. */
function install(packages: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) => spawnSync("apt-get", ["-q", ...args], { env, stdio: "inherit" }).status === 0;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    console.log(`Installing ${packages.join(" and ")} (try ${attempt} of ${TRIES})`);
    if (apt("update") && apt("install", "-y", "--no-install-recommends", ...packages)) return;
    spawnSync("sleep", [String(5 * attempt)]);
  }
}

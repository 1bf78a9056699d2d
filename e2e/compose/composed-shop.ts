import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Bought, buy } from "../../scripts/smoke/order.ts";
import { freeRange } from "../shop/command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** A container as `docker inspect` has it, as far as the tests read it. */
export interface Container {
  readonly Id: string;
  readonly State: {
    Status: string;
    Pid: number;
    ExitCode: number;
    OOMKilled: boolean;
    FinishedAt: string;
    Health?: { Status: string };
  };
  readonly RestartCount: number;
  readonly HostConfig: { Memory: number; PidsLimit: number; ReadonlyRootfs: boolean; RestartPolicy: { Name: string } };
  readonly NetworkSettings: { Ports: Record<string, { HostIp: string; HostPort: string }[] | null> };
}

/** The shop of compose.yaml, under a name and on ports of its own. */
export interface ComposedShop {
  readonly project: string;
  readonly url: string;
  /** Seconds from `docker compose up` to the first order that was paid. */
  readonly soldAfter: number;
  /** An image that has Node. */
  readonly node: string;
  /** Where the load generator's page is, with the token that it wants. */
  readonly load: { readonly url: string; readonly token: string };
  /** Runs `docker compose`; resolves to what it wrote to stdout, and rejects with what it wrote to stderr. */
  compose(...args: string[]): Promise<string>;
  inspect(service: string): Promise<Container>;
  /** Buys something; rejects when the shop does not sell. */
  buy(): Promise<Bought>;
  /** Ends a container's first process as a crash would, and waits until the container runs again. */
  crash(service: string): Promise<void>;
  remove(): Promise<void>;
}

/** Runs `docker`; resolves to what it wrote to stdout. */
export const docker = async (...args: string[]): Promise<string> => (await run("docker", args)).stdout.trim();

/** Starts a shop, and waits until all of it is healthy. Refuses when its images are not there: it builds none. */
export async function composedShop(...profiles: string[]): Promise<ComposedShop> {
  const port = await freeRange();
  const project = `boutique-e2e-${port}`;
  const load = { url: `http://127.0.0.1:${port + 1}`, token: `token-of-${project}` };
  const env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_PROFILES: profiles.join(),
    BOUTIQUE_PORT: String(port),
    BOUTIQUE_LOAD_PORT: String(port + 1),
    LOADGEN_TOKEN: load.token,
  };
  const url = `http://127.0.0.1:${port}`;
  const compose = async (...args: string[]) => {
    const all = ["compose", "--progress", "quiet", ...args];
    return (await run("docker", all, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
  };
  const inspect = async (service: string): Promise<Container> => {
    const [id] = (await compose("ps", "--all", "--quiet", service)).split("\n");
    if (!id) throw new Error(`${service} has no container`);
    return JSON.parse(await docker("inspect", id))[0];
  };

  // What the others were built on runs nowhere, and may be gone.
  const images = (await compose("config", "--images")).split("\n").filter((image) => image.includes(":"));
  await docker("image", "inspect", ...images).catch(({ stderr }: { stderr: string }) => {
    throw new Error(`images are missing; run \`npm run images\` first: ${stderr.trim()}`);
  });

  const remove = async () => {
    await compose("down", "--volumes", "--timeout", "5");
  };
  const allHealthy = async () => {
    const states = (await compose("ps", "--all", "--format", "{{.State}} {{.Health}}")).split("\n");
    return states.every((state) => state === "running healthy");
  };
  const buyOne = () => buy(new URL(url), { currency: "EUR", patience: 10_000, done: () => {} });
  const sells = () =>
    buyOne().then(
      () => true,
      () => false,
    );
  const since = performance.now();
  let soldAfter: number;
  try {
    await compose("up", "--detach", "--no-build");
    await until("an order is paid", sells);
    soldAfter = (performance.now() - since) / 1_000;
    await until("all containers are healthy", allHealthy);
  } catch (error) {
    await remove();
    throw error;
  }
  const node = images.find((image) => image.startsWith("boutique/frontend:")) ?? "";
  return {
    project,
    node,
    url,
    soldAfter,
    load,
    compose,
    inspect,
    buy: buyOne,
    async crash(service) {
      const before = await inspect(service);
      await kill(before.State.Pid, node);
      await until(`${service} runs again`, async () => {
        const { State, RestartCount } = await inspect(service);
        return State.Status === "running" && State.Pid !== before.State.Pid && RestartCount > before.RestartCount;
      });
    },
    remove,
  };
}

/** Asks again until something is so. The test's own time is the only bound: how long it takes is not what is tested. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const since = Date.now();
  while (!(await isSo())) {
    if (Date.now() - since > 90_000) throw new Error(`waited for 90 s, in vain, until ${what}`);
    await sleep(100);
  }
}

/**
 * Ends a process with SIGKILL, from outside its container, wherever Docker's engine is: `docker kill` would count as
 * the operator's wish, after which nothing is restarted.
 */
const kill = (pid: number, image: string) =>
  docker(
    ...["run", "--rm", "--pid", "host", "--network", "none", "--user", "0", "--entrypoint", "node", image],
    ...["-e", `process.kill(${pid}, "SIGKILL")`],
  );

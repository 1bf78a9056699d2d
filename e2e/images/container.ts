import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";

/** The version that images are tagged with. */
export const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** The image of a workload, as `npm run images` leaves it. */
export const imageOf = (workload: string, tag: string = version): string => `boutique/${workload}:${tag}`;

/** What docker did. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs docker, whatever comes of it. */
export function docker(...args: string[]): Outcome {
  const { status, stdout, stderr, error } = spawnSync("docker", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (error) throw new Error("docker is missing: install Docker Engine, then run npm run images", { cause: error });
  return { code: status, stdout: stdout.trim(), stderr: stderr.trim() };
}

/** What docker says; throws when it fails. */
export function ask(...args: string[]): string {
  const { code, stdout, stderr } = docker(...args);
  if (code !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** How an image was made, as docker knows it. */
export function inspectImage(image: string) {
  const { code, stdout } = docker("image", "inspect", image);
  if (code === 0) return JSON.parse(stdout)[0];
  const canary = image.match(/-(v2|v3|v-error)$/)?.[1];
  throw new Error(`${image} is missing: run npm run images${canary ? ` -- --canary ${canary}` : ""} first`);
}

/** Nothing may be written, nothing asked of the kernel, nobody reached. */
export const sealed = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--network=none"];

/** A container of the test's own, which is gone after it. */
export function run(image: string, ...options: string[]) {
  inspectImage(image);
  const id = ask("run", "--detach", ...options, image);
  onTestFinished(() => void ask("rm", "--force", "--volumes", id));
  return {
    id,
    inspect: () => JSON.parse(ask("inspect", id))[0],
    logs: () => ask("logs", id),
    /** Runs a program in it, without a shell. */
    exec: (...command: string[]) => docker("exec", id, ...command),
    /** Tells it to stop; it has ten seconds before it is killed. */
    stop: () => void ask("stop", "--time=10", id),
    /** The files that are not as they were in the image. */
    changed: () => ask("diff", id),
  };
}

/** A running container. */
export type Container = ReturnType<typeof run>;

/** Runs the image's own health check with other words: the probe, asking for one service's health. */
export function probe(container: Container, service = ""): Outcome {
  const [kind, ...command] = container.inspect().Config.Healthcheck.Test;
  if (kind !== "CMD") throw new Error(`the health check is ${kind}: it needs a shell`);
  return container.exec(...command, service);
}

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** Asks again until the answer will do; fails with the last answer. */
export async function eventually<T>(answer: () => T | Promise<T>, willDo: (answer: T) => boolean): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const last = await answer();
    if (willDo(last)) return last;
    if (performance.now() > until) throw new Error(`still ${JSON.stringify(last)} after ${PATIENCE_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

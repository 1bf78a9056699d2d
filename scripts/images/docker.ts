import { spawn, spawnSync } from "node:child_process";
import { root } from "./workloads.ts";

/** Something that the reader of the message can change. */
export class DockerError extends Error {}

/** Throws when there is no Docker here, or nobody behind it. */
export function requireDocker(): void {
  const { error, status } = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], { stdio: "ignore" });
  if (error) throw new DockerError("docker is missing: install Docker Engine or Docker Desktop");
  if (status !== 0) throw new DockerError("Docker's daemon does not answer: start Docker (or see `docker info`)");
}

/** Whether docker succeeds with these arguments, whatever it says. */
export const succeeds = (...args: string[]): boolean => spawnSync("docker", args, { stdio: "ignore" }).status === 0;

/** What docker says, without the last line's end; throws with what it complains of. */
export function ask(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status === 0) return stdout.trimEnd();
  throw new DockerError(`docker ${args[0]}: ${stderr.trim()}`);
}

/** Runs docker in the repository's root. What it says is kept until it fails, unless all is to be seen. */
export async function run(args: readonly string[], verbose: boolean, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const stdio = verbose ? "inherit" : "pipe";
  const child = spawn("docker", args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", stdio, stdio] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const code = await promise;
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  throw new DockerError(`docker ${args.slice(0, 2).join(" ")} failed with ${code}: see above`);
}

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Name } from "../../libs/contract/src/topology.ts";

/** What a service says of itself, asked by an option such as --help. */
export function saidBy(name: Name, option: string): string {
  const main = fileURLToPath(new URL(`../../services/${name}/src/main.ts`, import.meta.url));
  // With a Redis, though none is there: a service says all that it may come to do.
  const env = { ...process.env, REDIS_ADDR: "127.0.0.1:1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, option], { encoding: "utf8", env });
  if (status !== 0) throw new Error(`${name} ${option} ended with ${status}: ${stderr}`);
  return stdout;
}

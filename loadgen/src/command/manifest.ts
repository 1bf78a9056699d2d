import { readFileSync } from "node:fs";
import { cpus, hostname, totalmem } from "node:os";
import type { Manifest } from "../results/result.ts";

/** The version of the load generator, which is the shop's. */
export const ownVersion: string = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
).version;

const ANSWER_WITHIN = 2_000;

/** What a shop says of its own version; undefined where it has no word for it, as the original has not. */
export async function versionOfShop(host: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${host}/version`, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    const { version } = (await answer.json()) as { version?: unknown };
    return typeof version === "string" && answer.ok ? version : undefined;
  } catch {
    return undefined;
  }
}

/** The versions that took part. */
export async function versionsWith(host: string): Promise<Manifest["versions"]> {
  const shop = await versionOfShop(host);
  return { loadgen: ownVersion, node: process.version, ...(shop !== undefined && { shop }) };
}

/** This machine. */
export const machine: Manifest["machine"] = {
  name: hostname(),
  cpu: cpus()[0]?.model.trim() || process.arch,
  cores: cpus().length,
  memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
};

/** The command as it can be typed again, without the token, which is nobody's business. */
export function commandOf(args: readonly string[]): string {
  const hidden = args.map((arg, place) => {
    if (args[place - 1] === "--token") return "…";
    return arg.startsWith("--token=") ? "--token=…" : arg;
  });
  return ["npm run load --", ...hidden.map(quoted)].join(" ");
}

const quoted = (arg: string) => (/^[\w./:=,@%+…-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);

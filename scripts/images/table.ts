import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { ask } from "./docker.ts";
import { compressedLayers } from "./layers.ts";
import type { Edition } from "./plan.ts";
import type { Workload } from "./workloads.ts";

const STARTS = 5;

/** Prints, as Markdown, what images cost that are there: on disk, to pull, to start, and in memory. */
export async function printTable(workloads: readonly Workload[], { version }: Edition): Promise<void> {
  const images = workloads.map(({ workload }) => `boutique/${workload}:${version}`);
  const base = "boutique/base:latest";
  const layers = await compressedLayers([base, ...images]);
  const shared = new Set(layers.get(base)?.map(({ digest }) => digest));
  const sizeOf = (image: string) => Number(ask("image", "inspect", "--format", "{{.Size}}", image));
  const baseSize = sizeOf(base);
  const pull = (image: string) => sum((layers.get(image) ?? []).filter(({ digest }) => !shared.has(digest)));

  console.log("| image | on disk | own layers | own, compressed | start to SERVING | its CPU | memory then |");
  console.log("|---|--:|--:|--:|--:|--:|--:|");
  for (const image of images) {
    const started = image.includes("/loadgenerator:") ? undefined : await startOften(image);
    const cells = [
      image.replace(/^boutique\//, "").replace(/:.*/, ""),
      megabytes(sizeOf(image)),
      megabytes(sizeOf(image) - baseSize),
      megabytes(pull(image)),
      started ? `${Math.round(started.elapsed)} ms` : "",
      started ? `${Math.round(started.cpu)} ms` : "",
      started ? `${megabytes(started.memory)}` : "",
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  const own = images.reduce((total, image) => total + sizeOf(image) - baseSize, 0);
  const toPull = images.reduce((total, image) => total + pull(image), 0);
  const basePull = sum(layers.get(base) ?? []);
  const node = layers.get(base)?.[0];
  console.log(`| shared base | ${megabytes(baseSize)} | | ${megabytes(basePull)} | | | |`);
  console.log(`| all together | ${megabytes(baseSize + own)} | | ${megabytes(basePull + toPull)} | | | |`);
  console.log(
    `\nThe base's first layer is ${megabytes(node?.size ?? 0)}, ${megabytes(node?.compressed ?? 0)} compressed.`,
  );
  console.log(`Starts: the median of ${STARTS}, on one core; memory is its resident set.`);
}

const sum = (layers: readonly { readonly compressed: number }[]) =>
  layers.reduce((total, { compressed }) => total + compressed, 0);

const megabytes = (bytes: number) => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

async function startOften(image: string) {
  const starts: Awaited<ReturnType<typeof start>>[] = [];
  for (let count = 0; count < STARTS; count++) starts.push(await start(image));
  const median = (of: keyof (typeof starts)[number]) =>
    starts.map((start) => start[of]).sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? 0;
  return { elapsed: median("elapsed"), cpu: median("cpu"), memory: median("memory") };
}

/** From the start of the container to the line that says SERVING, by Docker's own clock. */
async function start(image: string) {
  const sealed = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--network=none", "--cpus=1"];
  const container = ask("run", "--detach", ...sealed, image);
  try {
    const serving = await lineOf(container, '"status":"SERVING"');
    const began = ask("inspect", "--format", "{{.State.StartedAt}}", container);
    const [stat = "", status = ""] = ["stat", "status"].map((file) => ask("exec", container, "cat", `/proc/1/${file}`));
    // The 14th and 15th fields, in hundredths of a second; the second is a name, in which there may be spaces.
    const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
    return {
      elapsed: Date.parse(serving) - Date.parse(began),
      cpu: ((user ?? 0) + (system ?? 0)) * 10,
      memory: Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1]) * 1_024,
    };
  } finally {
    ask("rm", "--force", container);
  }
}

/** When a container wrote a line with these words. */
async function lineOf(container: string, words: string): Promise<string> {
  const logs = spawn("docker", ["logs", "--follow", "--timestamps", container], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(logs, "close");
  for await (const line of createInterface(logs.stdout)) {
    if (!line.includes(words)) continue;
    logs.kill();
    await ended;
    return line.slice(0, line.indexOf(" "));
  }
  throw new Error(`a container ended before it said ${words}`);
}

import { readdirSync, readFileSync } from "node:fs";

/** A process of a shop: what runs in it, a service's folder or "all". */
export interface ShopProcess {
  readonly name: string;
  readonly pid: string;
}

/** The processes of the services of the shop on a port, as Linux knows them. */
export const processesOf = (port: string): ShopProcess[] =>
  readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || !read(`/proc/${pid}/environ`).includes(`FRONTEND_ADDR=127.0.0.1:${port}\0`)) return [];
    const [, name] = /services\/(\w+)\/src\/main\.ts/.exec(read(`/proc/${pid}/cmdline`)) ?? [];
    const together = read(`/proc/${pid}/cmdline`).includes("scripts/shop/together.ts");
    return name || together ? [{ name: name ?? "all", pid }] : [];
  });

/** Their process ids alone. */
export const servicesOf = (port: string): string[] => processesOf(port).map(({ pid }) => pid);

/** RSS and PSS (pages that processes share counted once) of some processes together, in MiB. */
export function memoryOf(pids: readonly string[]): [rss: number, pss: number] {
  const sum = (field: string) =>
    pids.reduce((total, pid) => {
      const [, kib = "0"] = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
      return total + Number(kib) / 1_024;
    }, 0);
  return [sum("Rss"), sum("Pss")];
}

const TICKS_PER_SECOND = 100;

/** The CPU time that some processes took so far, in seconds, to a hundredth. */
export const cpuOf = (pids: readonly string[]): number =>
  pids.reduce((total, pid) => {
    const [user = 0, system = 0] = read(`/proc/${pid}/stat`)
      .replace(/^.*\) /, "")
      .split(" ")
      .slice(11, 13)
      .map(Number);
    return total + (user + system) / TICKS_PER_SECOND;
  }, 0);

/** The median, the least and the greatest of some figures. */
export function spread(figures: readonly number[]): { median: number; low: number; high: number } {
  const sorted = figures.toSorted((a, b) => a - b);
  const [low = 0, median = 0, high = 0] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) => sorted[at]);
  return { median, low, high };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

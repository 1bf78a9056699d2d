import { spawnSync } from "node:child_process";

/** A sample as Prometheus reads it. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** The trace and span id of OpenMetrics' exemplar. */
  readonly exemplar: Readonly<Record<string, string>> | undefined;
}

/** The samples in what a service shows at /metrics, in either format. */
export const samplesIn = (text: string): Sample[] =>
  text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", labels = "", value = "", , exemplar] =
        /^(\w+)(?:\{(.*?)\})? (\S+)( # \{(.*?)\} .*)?$/.exec(line) ?? [];
      return {
        name,
        labels: labelsIn(labels),
        value: Number(value),
        exemplar: exemplar ? labelsIn(exemplar) : undefined,
      };
    });

const labelsIn = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );

/** What Prometheus reads at an address now. */
export const scrape = async (url: string, accept = "text/plain"): Promise<string> =>
  (await fetch(url, { headers: { accept } })).text();

/** Why promtool cannot be asked on this machine; undefined where it can. */
export const promtoolMissing = spawnSync("promtool", ["--version"]).error
  ? "promtool is missing: apt-get install prometheus"
  : undefined;

/** What promtool has against some metrics; nothing if all is well. */
export function complaintsOfPromtool(text: string): string {
  const { stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  return stdout + stderr;
}

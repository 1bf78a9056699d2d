import type { Load } from "../../bench/suite/loads.ts";
import { cell } from "./signals.ts";

/** A share in words. */
export const percent = (part: number, whole: number) =>
  part === 0 ? "none" : `${((100 * part) / whole).toFixed(2)} %`;
/** Milliseconds as people read them. */
export const ms = (value: number) =>
  value >= 1_000 ? `${(value / 1_000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** A line for each plan that was run. */
export function loadsTable(loads: readonly Load[]): string {
  const row = ({ plan, users, seconds, requests, failures, rate, p50, p95, p99, max }: Load) =>
    `| \`${plan}\` | ${[users, `${seconds} s`, requests, percent(failures, requests), rate.toFixed(0), ms(p50), ms(p95), ms(p99), ms(max)].join(" | ")} |`;
  return [
    "| plan | users at most | for | requests | failed | req/s | p50 | p95 | p99 | max |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...loads.map(row),
  ].join("\n");
}

/** What the plans were to find. */
export const findings = (loads: readonly Load[]): string =>
  loads
    .flatMap(({ plan, findings }) => findings.filter(isNoPlateau).map((words) => `* \`${plan}\`: ${cell(words)}`))
    .join("\n");

/** Plateaus have a table. */
const isNoPlateau = (words: string) => !/^\d[\d\s]* users: /.test(words);

/** The plateaus of a plan, a line for each. */
export function plateaus(loads: readonly Load[], name: string): string {
  const stages = loads.find(({ plan }) => plan === name)?.stages ?? [];
  const held = stages.filter(({ stage }) => /^\d+ users$/.test(stage));
  return [
    "| users | req/s | p50 | p99 | failed |",
    "|---:|---:|---:|---:|---:|",
    ...held.map(
      ({ users, rate, p50, p99, failures }) =>
        `| ${[users, rate.toFixed(0), ms(p50), ms(p99), failures].join(" | ")} |`,
    ),
  ].join("\n");
}

/** Where the CPU went, on average, while a plan was on. */
export function cores(load: Load | undefined): string {
  if (!load) return "";
  const services = Object.entries(load.services).sort(([, a], [, b]) => b - a);
  const rows = [...services, ["the load generator", load.generator] as const];
  return [
    "| | cores |",
    "|---|---:|",
    ...rows.map(([name, value]) => `| ${name} | ${value.toFixed(2)} |`),
    `| together | ${rows.reduce((sum, [, value]) => sum + value, 0).toFixed(2)} |`,
  ].join("\n");
}

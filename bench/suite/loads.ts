import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Point, Result } from "@boutique/loadgen/results/result";

/** What is kept of a run of a plan: enough for a page of tables. Milliseconds, seconds, requests a second. */
export interface Load {
  readonly plan: string;
  readonly about: string;
  readonly startedAt: string;
  readonly seconds: number;
  /** The most users, or requests in progress where arrivals do not wait. */
  readonly users: number;
  readonly requests: number;
  readonly failures: number;
  readonly rate: number;
  /** The highest rate of ten seconds on end. */
  readonly peak: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly stages: readonly {
    stage: string;
    users: number;
    rate: number;
    p50: number;
    p99: number;
    failures: number;
  }[];
  readonly verdict: readonly { objective: string; limit: number; actual: number; met: boolean }[];
  readonly findings: readonly string[];
  readonly errors: readonly { words: string; count: number }[];
  readonly valid: boolean;
  readonly flaws: readonly string[];
  /** Cores, on average while the load was on: of the generator, and of each service. */
  readonly generator: number;
  readonly services: Readonly<Record<string, number>>;
}

const PEAK_S = 10;

/** The results of a folder with a folder for each plan, as `npm run load -- PLAN --out FOLDER/PLAN` leaves them. */
export const loadsIn = (folder: string): Load[] =>
  readdirSync(folder)
    .map((name) => join(folder, name, "result.json"))
    .filter((file) => existsSync(file))
    .map((file) => loadOf(JSON.parse(readFileSync(file, "utf8"))))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));

function loadOf({ manifest, total, stages, series, verdict, findings, errors, valid, flaws, shop = [] }: Result): Load {
  const services = Map.groupBy(shop, ({ service }) => service);
  return {
    plan: manifest.plan.name,
    about: manifest.plan.about,
    startedAt: manifest.startedAt,
    seconds: Math.round(manifest.seconds),
    users: Math.max(0, ...series.map(({ users }) => users)),
    requests: total.requests,
    failures: total.failures,
    rate: total.rate,
    peak: peakOf(series),
    p50: total.percentiles["50"] ?? 0,
    p95: total.percentiles["95"] ?? 0,
    p99: total.percentiles["99"] ?? 0,
    max: total.max,
    stages: stages.map(({ stage, users, rate, percentiles, failures }) => ({
      stage,
      users,
      rate,
      p50: percentiles["50"] ?? 0,
      p99: percentiles["99"] ?? 0,
      failures,
    })),
    verdict: verdict.map(({ objective, limit, actual, met }) => ({ objective, limit, actual, met })),
    findings: findings.map(({ words }) => words),
    errors: errors.map(({ words, count }) => ({ words, count })),
    valid,
    flaws,
    generator: mean(series.map(({ self }) => self.cpu)),
    services: Object.fromEntries([...services].map(([name, points]) => [name, mean(points.map(({ cpu }) => cpu))])),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length || 0;

const peakOf = (series: readonly Point[]) =>
  Math.max(
    0,
    ...series.map((_, at) => mean(series.slice(Math.max(0, at - PEAK_S + 1), at + 1).map(({ rate }) => rate))),
  );

import { type ProfileName, profiles } from "../shoppers/profiles.ts";
import { flag, type Given, text } from "./command-line.ts";
import { duration, lasting, oneOf, positive, ratio, shopUrl, span, whole } from "./values.ts";
import { watched } from "./watched.ts";

const MOST = 1_000_000;
const port = whole(1, 65_535);

/** All that a load can be told. */
export const described = {
  plan: { reads: text },
  plans: { reads: flag },
  host: { reads: shopUrl, short: "H" },
  users: { reads: whole(1, MOST), short: "u" },
  "spawn-rate": { reads: positive, short: "r" },
  rate: { reads: positive },
  "run-time": { reads: lasting, short: "t" },
  profile: { reads: oneOf(Object.keys(profiles) as ProfileName[]) },
  wait: { reads: span },
  seed: { reads: whole(0, 2 ** 32 - 1) },
  checks: { reads: oneOf(["body", "status"]) },
  timeout: { reads: positive },
  "reset-stats": { reads: flag },
  "stop-timeout": { reads: duration, short: "s" },
  "wait-ready": { reads: duration },
  watch: { reads: watched },
  "fail-ratio": { reads: ratio },
  p50: { reads: positive },
  p95: { reads: positive },
  p99: { reads: positive },
  headless: { reads: flag },
  autostart: { reads: flag },
  "only-summary": { reads: flag },
  csv: { reads: text },
  "csv-full-history": { reads: flag },
  html: { reads: text },
  json: { reads: text },
  out: { reads: text },
  workers: { reads: whole(1, 256) },
  processes: { reads: whole(1, 256) },
  master: { reads: flag },
  worker: { reads: flag },
  "expect-workers": { reads: whole(1, 10_000) },
  "master-host": { reads: text },
  "master-bind-host": { reads: text },
  "master-port": { reads: port },
  "web-host": { reads: text },
  "web-port": { reads: whole(0, 65_535), short: "P" },
  token: { reads: text },
  "metrics-host": { reads: text },
  "metrics-port": { reads: whole(0, 65_535) },
  "no-metrics": { reads: flag },
  help: { reads: flag, short: "h" },
  version: { reads: flag, short: "V" },
} as const;

/** The options that were given. */
export type Asked = Given<typeof described>;

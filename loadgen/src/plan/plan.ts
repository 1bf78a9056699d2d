import type { ProfileName } from "../shoppers/profiles.ts";

/** What a load is made of: how many shoppers or arrivals, for how long, and what is asked of the shop meanwhile. */
export interface Plan {
  /** The name of its file, or "command line". */
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  /** What its shoppers do. */
  readonly profile: ProfileName;
  /** "users" come and wait between their tasks (closed); at a "rate" tasks begin per second, whoever waits (open). */
  readonly model: "users" | "rate";
  readonly stages: readonly Stage[];
  /** How long a shopper waits between two tasks, seconds: between the two. Open plans have none. */
  readonly wait: readonly [least: number, most: number];
  /** Seconds from the start that count for nothing but the pictures. */
  readonly warmUp: number;
  /** What it is judged by. */
  readonly objectives: Objectives;
  /** Ends it early: when one of these held for so many seconds on end. */
  readonly stopWhen?: Objectives & { readonly for: number };
  /** What is looked for in its result. */
  readonly find: readonly ("knee" | "recovery" | "slope" | "plateaus")[];
  readonly seed: number;
  /** How far answers are checked: down to what their pages say (unless told otherwise), or by their status alone. */
  readonly checks?: "body" | "status";
  /** How long an answer may take, seconds: 10 unless told otherwise. */
  readonly timeout?: number;
  /** How long answers may still take after the end, seconds: as long as any other unless told otherwise. */
  readonly stopTimeout?: number;
}

/** From the level before (at first 0) in a straight line to `to`, over so many seconds. */
export interface Stage {
  readonly name: string;
  /** Users, or arrivals per second. */
  readonly to: number;
  /** Seconds; 0 is a jump, Infinity lasts until somebody stops it. */
  readonly over: number;
}

/** Limits: the share of requests that fail (0 to 1), and latencies in milliseconds. */
export interface Objectives {
  readonly failRatio?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

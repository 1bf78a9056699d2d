import type { Lines } from "../shoppers/browser.ts";
import type { Profile } from "../shoppers/profiles.ts";
import type { Shopper } from "../shoppers/shopper.ts";
import type { Recorder } from "./recorder.ts";

/** Where shoppers act: what both models of a load, closed and open, are given. */
export interface Scene {
  readonly profile: Profile;
  readonly recorder: Recorder;
  /** How long anybody waits for an answer, seconds. */
  readonly patience: number;
  /** Somebody new, with connections of their own or shared ones. */
  shopper(lines: Lines): Shopper;
  /** Seconds since the common start. */
  second(): number;
  /** Something was begun so many milliseconds after it was due. */
  late(milliseconds: number): void;
  /** Has the end wait for something. */
  underWay(work: Promise<void>): void;
}

/** How shoppers come to act. */
export interface Model {
  /** How many there are. */
  users(): number;
  /** Lets nobody begin anything any more. */
  stop(): void;
  /** Once all is over. */
  close(): void;
}

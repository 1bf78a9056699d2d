import { fileURLToPath } from "node:url";
import { loadSync, type MethodDefinition, type ServiceDefinition } from "@grpc/proto-loader";
import type { SelfFigures } from "../load/interval.ts";

/** The version of what workers and their collector say to each other; those of another one are refused. */
export const PROTOCOL = 1;

/** The most that one message may have, bytes: an interval of all routes is a tenth of a hundredth of it. */
export const LONGEST_MESSAGE = 4 * 1024 * 1024;

/** How long nothing may be heard of the other side, milliseconds, when nothing else is said. */
export const SILENCE_MS = 5_000;

/** How often the collector asks each worker for a word, milliseconds. */
export const BEAT_MS = 1_000;

/** What a worker says: one of these. collector.proto tells what is meant. */
export interface FromWorker {
  readonly hello?: Hello;
  readonly pong?: { readonly time: number; readonly ownTime: number };
  readonly interval?: WireInterval;
  readonly over?: { readonly early: string };
  readonly flaw?: { readonly words: string };
}

/** What a collector says: one of these. */
export interface FromCollector {
  readonly ping?: { readonly time: number };
  readonly share?: WireShare;
  readonly stop?: object;
  readonly refused?: { readonly words: string };
}

/** Who wants to join. */
export interface Hello {
  readonly protocol: number;
  readonly name: string;
  readonly machine: string;
  readonly cores: number;
  readonly version: string;
}

/** A share whose order is still text. */
export interface WireShare {
  readonly order: string;
  readonly index: number;
  readonly of: number;
  readonly startAt: number;
  readonly worker: string;
}

/** An interval whose histograms are still bytes. */
export interface WireInterval {
  readonly second: number;
  readonly length: number;
  readonly users: number;
  readonly waiting: number;
  readonly routes: readonly WireRoute[];
  readonly self: SelfFigures | null;
}

/** The figures of one route, whose histograms are still bytes. */
export interface WireRoute {
  readonly method: string;
  readonly name: string;
  readonly ok: Uint8Array;
  readonly failed: Uint8Array;
  readonly bytes: number;
  readonly errors: Readonly<Record<string, number>>;
}

const definition = loadSync(fileURLToPath(new URL("../../collector.proto", import.meta.url)), {
  longs: Number,
  defaults: true,
  oneofs: true,
});

/** The service, as a server takes it. */
export const collectorService = definition["boutique.loadgen.v1.Collector"] as ServiceDefinition;

/** Its one method, as a client calls it. */
export const join = collectorService.Join as unknown as MethodDefinition<
  FromWorker,
  FromCollector,
  FromWorker,
  FromCollector
>;

import type { ServerDuplexStream } from "@grpc/grpc-js";
import { createClockCheck } from "./clock.ts";
import type { Member } from "./crew.ts";
import { BEAT_MS, type FromCollector, type FromWorker, type Hello } from "./wire.ts";

export type Call = ServerDuplexStream<FromWorker, FromCollector>;

/** A worker that has joined, as its collector sees it. */
export interface Enlisted {
  readonly name: string;
  readonly machine: string;
  readonly version: string;
  /** How it is named in a manifest, its clock as it is known now. */
  member(): Member;
  send(message: FromCollector): void;
  /** Hangs up. */
  dismiss(): void;
}

/** Told what a worker does. */
export interface Listener {
  /** Whether it may join: by what name, or why not. */
  admit(hello: Hello): { readonly name: string } | { readonly refused: string };
  /** It can be given a share from now on: it said hello, and its clock is known. */
  joined(worker: Enlisted): void;
  said(worker: Enlisted, message: FromWorker): void;
  /** It is gone, with a word or without; told once, and only of those who were admitted. */
  gone(worker: Enlisted): void;
}

/** What a collector goes by. */
export interface Patience {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long nothing may be heard of a worker, milliseconds. */
  readonly silence: number;
}

/** So many answers make a clock known well enough to begin with. */
const FIRST_QUESTIONS = 5;

/** Follows one worker's call, from its hello until one of both hangs up or nothing was heard for too long. */
export function enlist(call: Call, listener: Listener, { now, silence }: Patience): void {
  const clock = createClockCheck();
  let worker: Enlisted | undefined;
  let over = false;
  let heard = performance.now();
  let lastBeat = heard;

  const hangUp = () => {
    if (over) return;
    over = true;
    clearInterval(beats);
    call.end();
    if (worker) listener.gone(worker);
  };
  const send = (message: FromCollector) => {
    if (!over) call.write(message);
  };
  const ask = () => send({ ping: { time: now() } });

  const beats = setInterval(() => {
    const before = lastBeat;
    lastBeat = performance.now();
    // Where it was this process that slept, what the others said meanwhile has yet to be read.
    const awake = lastBeat - before < 2 * BEAT_MS;
    if (awake && lastBeat - heard > silence) hangUp();
    else ask();
  }, BEAT_MS);

  const meet = (hello: Hello | undefined) => {
    const answer = hello ? listener.admit(hello) : { refused: "a worker says hello first" };
    if (!hello || "refused" in answer) {
      send({ refused: { words: "refused" in answer ? answer.refused : "" } });
      return hangUp();
    }
    const { name } = answer;
    const { machine, version } = hello;
    const member = () => {
      const figures = clock.figures();
      return { worker: name, machine: plain(machine), ...(figures && { clock: figures }) };
    };
    worker = { name, machine: plain(machine), version: plain(version), member, send, dismiss: hangUp };
    ask();
  };

  call.on("data", (message: FromWorker) => {
    if (over) return;
    heard = performance.now();
    if (!worker) return meet(message.hello);
    if (message.pong) {
      clock.heard(message.pong.time, now(), message.pong.ownTime);
      if (clock.answers() < FIRST_QUESTIONS) ask();
      if (clock.answers() === FIRST_QUESTIONS) listener.joined(worker);
    }
    listener.said(worker, message);
  });
  for (const end of ["end", "cancelled", "error", "close"]) call.on(end, hangUp);
}

/** What strangers write reaches terminals: short, and without control characters. */
export const plain = (text: string): string => text.replace(/\p{Cc}/gu, "·").slice(0, 100);

import { type ClientDuplexStream, credentials, Client as GrpcClient } from "@grpc/grpc-js";
import type { Interval } from "../load/interval.ts";
import type { Share, Work } from "./crew.ts";
import { packed } from "./intervals.ts";
import { orderFrom } from "./orders.ts";
import { shown } from "./token.ts";
import {
  BEAT_MS,
  type FromCollector,
  type FromWorker,
  type Hello,
  join,
  LONGEST_MESSAGE,
  type WireShare,
} from "./wire.ts";

/** How a worker stays with a collector. */
export interface ShiftOptions {
  /** The collector: "host:port". */
  readonly address: string;
  readonly token: string | undefined;
  readonly hello: Hello;
  /** Ends the shift: what was begun is finished and told. */
  readonly signal: AbortSignal;
  readonly run: (share: Share, tell: (interval: Interval) => void) => Work;
  readonly now: () => number;
  /** How long nothing may be heard of the collector, milliseconds. */
  readonly silence: number;
  /** Told of shares that begin, and of an end before time. */
  readonly say: (words: string) => void;
}

/** How a shift ended: whether the collector was there at all, and why it let nobody in. */
export interface ShiftEnd {
  readonly met: boolean;
  readonly refused?: string;
}

/**
 * Joins a collector once and does what it says until one of both hangs up. A collector that is gone, or silent, gets no
 * more load made for it: resolves when the last of it is over.
 */
export async function workShift({
  address,
  token,
  hello,
  signal,
  run,
  now,
  silence,
  say,
}: ShiftOptions): Promise<ShiftEnd> {
  const client = new GrpcClient(address, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
    "grpc.max_receive_message_length": LONGEST_MESSAGE,
  });
  const { path, requestSerialize, responseDeserialize } = join;
  const call: ClientDuplexStream<FromWorker, FromCollector> = client.makeBidiStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    shown(token),
  );
  const { promise: hungUp, resolve: hangUp } = Promise.withResolvers<void>();
  let met = false;
  let refused: string | undefined;
  let work: Work | undefined;
  let heard = performance.now();
  let lastBeat = heard;

  const send = (message: FromWorker) => {
    if (call.writable) call.write(message);
  };
  const begin = ({ order, index, of, startAt, worker }: WireShare) => {
    const over = (early: string) => {
      work = undefined;
      send({ over: { early: signal.aborted ? "it was told to end" : early } });
    };
    try {
      const share: Share = { ...orderFrom(order), worker, index, of, startAt };
      say(`share ${index + 1}/${of} of ${share.plan.name} begins, against ${share.host}`);
      work = run(share, (interval) => send({ interval: packed(interval) }));
      work.done.then(
        () => over(""),
        (error: Error) => over(error.message),
      );
    } catch (error) {
      over((error as Error).message);
    }
  };

  call.on("data", (message: FromCollector) => {
    if (!met && message.ping) say(`joined the collector at ${address}`);
    met = true;
    heard = performance.now();
    if (message.ping) send({ pong: { time: message.ping.time, ownTime: now() } });
    if (message.share) begin(message.share);
    if (message.stop) work?.stop();
    if (message.refused) refused = message.refused.words;
  });
  call.on("end", hangUp).on("error", () => hangUp());
  const beats = setInterval(() => {
    const before = lastBeat;
    lastBeat = performance.now();
    // A process that slept has yet to read what it was told meanwhile.
    if (lastBeat - before < 2 * BEAT_MS && lastBeat - heard > silence) hangUp();
  }, BEAT_MS);
  const leave = async () => {
    work?.stop();
    await work?.done.catch(() => {});
    // The last words are still on their way: whoever hears them hangs up.
    if (met) call.end();
    else hangUp();
  };
  signal.addEventListener("abort", leave, { once: true });

  send({ hello });
  await hungUp;
  clearInterval(beats);
  signal.removeEventListener("abort", leave);
  const rest: Work | undefined = work;
  if (rest) {
    say("the collector is gone: the load is stopped");
    rest.stop();
    await rest.done.catch(() => {});
  }
  call.cancel();
  client.close();
  return { met, ...(refused !== undefined && { refused }) };
}

import { EventEmitter } from "node:events";
import { promisify } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type Assignment, assign } from "./assignment.ts";
import type { Crew } from "./crew.ts";
import { type Call, type Enlisted, enlist, type Listener, plain } from "./enlist.ts";
import { muster } from "./muster.ts";
import { isLoopback, isShown } from "./token.ts";
import { collectorService, type Hello, LONGEST_MESSAGE, PROTOCOL, SILENCE_MS } from "./wire.ts";

/** How a collector is set up. */
export interface CollectorOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** How many workers an order waits for. */
  readonly expect: number;
  /** What workers must show; needed where others than this machine's can come. */
  readonly token?: string | undefined;
  /** Told who is missing, when an order has waited for 10 s, and each 10 s from then on. */
  readonly waiting?: (words: string) => void;
  /** Told of workers that come and go, and of those that are refused. */
  readonly say?: (words: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** After how many milliseconds without a word a worker counts as lost: 5,000 if nothing is said. */
  readonly silence?: number;
}

/** A crew of those who join over gRPC, and where they find it. */
export interface Collector extends Crew {
  readonly port: number;
}

/** More connections are not workers. */
const MOST = 1_000;

/** Opens a place where workers join. Rejects with words when it cannot listen there, or must not. */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  const { host, port, expect, token, waiting = () => {}, say = () => {} } = options;
  const { now = Date.now, silence = SILENCE_MS } = options;
  if (!token && !isLoopback(host))
    throw new Error(`a collector on ${host} is open to others: give it and its workers one --token (or LOADGEN_TOKEN)`);
  const calls = new Set<Call>();
  const names = new Set<string>();
  const present = new Set<Enlisted>();
  const changed = new EventEmitter();
  const closing = new AbortController();
  let under: Assignment | undefined;

  const listener: Listener = {
    admit({ protocol, name, machine }: Hello) {
      if (protocol !== PROTOCOL) {
        const refused = `worker ${plain(name)} on ${plain(machine)} speaks version ${protocol} of the crew's protocol, the collector ${PROTOCOL}: start the same release of the load generator everywhere`;
        say(refused);
        return { refused };
      }
      const own = unlike(plain(name) || "worker", names);
      names.add(own);
      return { name: own };
    },
    joined(worker) {
      present.add(worker);
      say(`worker ${worker.name} on ${worker.machine} has joined${under ? ": it waits for the next run" : ""}`);
      changed.emit("change");
    },
    said: (worker, message) => under?.said(worker, message),
    gone(worker) {
      names.delete(worker.name);
      if (present.delete(worker)) say(`worker ${worker.name} on ${worker.machine} has left`);
      under?.gone(worker);
    },
  };

  const refusal = ({ metadata }: Call): string | undefined => {
    if (token && !isShown(token, metadata)) return "the collector wants another --token (or LOADGEN_TOKEN)";
    return calls.size >= MOST ? `the collector has ${MOST} workers, and takes no more` : undefined;
  };
  const server = new Server({
    "grpc.max_receive_message_length": LONGEST_MESSAGE,
    // Connections whose other end is gone without a word are given up.
    "grpc.keepalive_time_ms": 10_000,
    "grpc.keepalive_timeout_ms": 5_000,
  });
  server.addService(collectorService, {
    Join(call: Call) {
      const words = refusal(call);
      if (words) {
        say(`refused a worker from ${call.getPeer()}: ${words}`);
        call.write({ refused: { words } });
        return call.end();
      }
      calls.add(call);
      call.once("close", () => calls.delete(call));
      return enlist(call, listener, { now, silence });
    },
  });
  const authority = host.includes(":") ? `[${host}]` : host;
  const bind = promisify(server.bindAsync.bind(server));
  const bound = await bind(`${authority}:${port}`, ServerCredentials.createInsecure()).catch((error: Error) => {
    throw new Error(`workers cannot join on ${authority}:${port}: ${error.message}`);
  });

  const members = () => Array.from(present, (worker) => worker.member());
  return {
    port: bound,
    members,
    async begin(order, listener, signal) {
      if (under) throw new Error("a run is under way: one order at a time");
      const until = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
      await muster({ expect, members, changed, waiting, signal: until, where: `${authority}:${bound}` });
      if (under) throw new Error("a run is under way: one order at a time");
      const work = assign(order, [...present], listener, now);
      under = work;
      const over = () => {
        under = undefined;
      };
      work.done.then(over, over);
      return work;
    },
    async close() {
      closing.abort();
      for (const call of calls) call.end();
      server.forceShutdown();
    },
  };
}

/** A name that nobody has: the given one, or with a number behind it. */
function unlike(name: string, taken: ReadonlySet<string>): string {
  let own = name;
  for (let i = 2; taken.has(own); i += 1) own = `${name}-${i}`;
  return own;
}

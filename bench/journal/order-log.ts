import { connectRedis } from "@boutique/store/connection";
import {
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from "@grpc/grpc-js";
import type { Journal } from "../../services/checkout/src/journal.ts";
import { createRedisJournal } from "../../services/checkout/src/redis-journal.ts";

/** A method of the journal, called over gRPC with its arguments as JSON. */
export interface Asked {
  readonly method: keyof Journal;
  readonly args: readonly unknown[];
}

const serialize = (value: unknown) => Buffer.from(JSON.stringify(value));
const deserialize = (bytes: Buffer) => JSON.parse(bytes.toString());

interface Answer {
  readonly value?: unknown;
}

/** The one method of the service. */
export const rpc: MethodDefinition<Asked, Answer> = {
  path: "/bench.OrderLog/Ask",
  requestStream: false,
  responseStream: false,
  requestSerialize: serialize,
  requestDeserialize: deserialize,
  responseSerialize: serialize,
  responseDeserialize: deserialize,
};

// As a process of its own: the journal behind a service.
if (process.send) {
  const [, , redisPort] = process.argv;
  const where = { host: "127.0.0.1", port: Number(redisPort), db: 0, tls: false };
  const { redis } = connectRedis(where, "the order log", { info() {}, warn: console.error });
  const journal = createRedisJournal(redis, console.error) as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  >;
  const server = new Server({ "grpc.enable_channelz": 0 });
  const ask = ({ request: { method, args } }: ServerUnaryCall<Asked, Answer>, answer: sendUnaryData<Answer>) => {
    journal[method]?.(...args).then((value) => answer(null, { value }), answer);
  };
  server.addService({ ask: rpc }, { ask });
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, port) => process.send?.(port));
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { connect } from "@boutique/rpc/client";
import { withContext } from "@boutique/rpc/context";
import { connectRedis } from "@boutique/store/connection";
import { createBusiness } from "@boutique/telemetry/business";
import { createMetrics } from "@boutique/telemetry/metrics";
import { startRedis } from "@boutique/testkit/redis";
import { Client, credentials } from "@grpc/grpc-js";
import type { Journal } from "../services/checkout/src/journal.ts";
import { createMemoryJournal } from "../services/checkout/src/memory-journal.ts";
import { createRedisJournal } from "../services/checkout/src/redis-journal.ts";
import { createCheckout } from "../services/checkout/src/service.ts";
import { createSignals } from "../services/checkout/src/signals.ts";
import { rpc } from "./journal/order-log.ts";
import { readOptions } from "./options.ts";
import { spread } from "./services.ts";

const help = `npm run bench:journal: what the order journal adds to an order.

  --orders N   so many orders with each kind of journal (default: 2000)

Orders are placed one after the other, in turn with each kind of journal, so that whatever else the machine does, it does
to all. Their peers answer at once, over the wire, from another process. Nothing is written down, or it is in memory, in
Redis (as the shop has it: AOF, everysec), or in the same Redis behind a gRPC service of its own, as an order log would
be. Needs redis-server.`;

const values = readOptions(help, { orders: { type: "string", default: "2000" } }, ["orders"]);
const WARM = 500;
const orders = Number(values.orders);
const children: ChildProcess[] = [];

/** Starts a file as a process, and returns where it listens. */
async function child(file: string, ...args: string[]): Promise<string> {
  const started = fork(new URL(file, import.meta.url), args);
  children.push(started);
  const [port] = await once(started, "message");
  return `127.0.0.1:${port}`;
}

const redis = await startRedis("--appendonly", "yes", "--appendfsync", "everysec");
const where = { host: "127.0.0.1", port: redis.port, db: 0, tls: false };
const connection = connectRedis(where, "the order journal", { info() {}, warn: console.error });
await once(connection.redis, "ready");
const orderLog = new Client(await child("journal/order-log.ts", String(redis.port)), credentials.createInsecure());
const ask =
  (method: keyof Journal) =>
  (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const deadline = Date.now() + 1_000;
      const answered = (error: Error | null, answer?: { value?: unknown }) =>
        error ? reject(error) : resolve(answer?.value);
      orderLog.makeUnaryRequest(
        rpc.path,
        rpc.requestSerialize,
        rpc.responseDeserialize,
        { method, args },
        { deadline },
        answered,
      );
    });
const nothing: Journal = {
  find: async () => undefined,
  list: async () => [],
  write: async () => true,
  close: async () => true,
  forget: async () => true,
  park: async () => true,
  takeUp: async () => [],
};
const behindService = Object.fromEntries(Object.keys(nothing).map((name) => [name, ask(name as keyof Journal)]));
const journals: Record<string, Journal> = {
  nothing,
  memory: createMemoryJournal(),
  Redis: createRedisJournal(connection.redis, console.error),
  "Redis behind a service": behindService as unknown as Journal,
};

const address = await child("journal/peers.ts");
const peers = {
  cart: connect("cart", address),
  catalog: connect("catalog", address),
  currency: connect("currency", address),
  email: connect("email", address),
  payment: connect("payment", address),
  shipping: connect("shipping", address),
};
const quiet = { info() {}, debug() {}, error: console.error, isLevelEnabled: () => false };
const kinds = Object.entries(journals).map(([name, journal]) => {
  const business = createBusiness({ log: quiet, metrics: createMetrics(), key: "bench" });
  const { handlers, recovery } = createCheckout(peers, quiet, createSignals(business), { journal });
  return { name, handlers, recovery, took: [] as number[] };
});

const request = {
  userId: "ada",
  userCurrency: "USD",
  address: { streetAddress: "1 Main St", city: "Springfield", state: "OR", country: "USA", zipCode: 97477 },
  creditCard: {
    creditCardNumber: "4432801561520454",
    creditCardCvv: 672,
    creditCardExpirationYear: 2099,
    creditCardExpirationMonth: 1,
  },
  email: "ada@example.com",
  expectedTotal: null,
};
for (let at = 0; at < WARM + orders; at += 1) {
  for (const { name, handlers, took } of kinds) {
    const context = { deadline: Date.now() + 10_000, signal: new AbortController().signal, trace: {} };
    const since = performance.now();
    await withContext(context, async () =>
      handlers.placeOrder({ ...request, idempotencyKey: `${name.length}-${at}` }, context),
    );
    if (at >= WARM) took.push(performance.now() - since);
  }
}

const [cpu] = cpus();
console.log(
  `${orders} orders of each kind, one after the other, in turn (${cpus().length} cores, ${cpu?.model}, Node ${process.version}):\n`,
);
console.log("| journal | median | adds |\n|---|---|---|");
const base = spread(kinds[0]?.took ?? []).median;
for (const { name, took } of kinds) {
  const { median } = spread(took);
  console.log(`| ${name} | ${median.toFixed(2)} ms | ${(median - base).toFixed(2)} ms |`);
}

for (const { recovery } of kinds) await recovery.close();
for (const peer of Object.values(peers)) peer.close();
orderLog.close();
await connection.dependency.close();
for (const started of children) started.kill();
await redis.dispose();
process.exit(0);

import { health } from "@boutique/contract/proto";
import { type Name, names } from "@boutique/contract/topology";
import { type Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { expect, vi } from "vitest";
import type { RunningShop } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";
import { samplesIn, scrape } from "../signals/prometheus.ts";

/** How much more memory a process may hold once a flood is over: what V8 keeps for next time, and no more. */
const MORE_BYTES = 64 * 1024 * 1024;
const PATIENCE = { timeout: 20_000, interval: 250 };

interface Pulse {
  /** When the process began: another after a crash. */
  readonly since: number;
  readonly bytes: number;
}

async function pulseOf(shop: RunningShop, name: Name): Promise<Pulse> {
  const samples = samplesIn(await scrape(shop.metrics(name)));
  const figure = (metric: string) => samples.find((sample) => sample.name === metric)?.value ?? Number.NaN;
  return { since: figure("process_start_time_seconds"), bytes: figure("process_resident_memory_bytes") };
}

/** What each process is like before it is maltreated; a purchase first, so that it has all that it needs. */
export async function takePulses(shop: RunningShop): Promise<ReadonlyMap<Name, Pulse>> {
  await purchase(shop);
  return new Map(await Promise.all(names.map(async (name) => [name, await pulseOf(shop, name)] as const)));
}

/** Every process is the one that it was, serves, has given its memory back, and together they sell. */
export async function expectUnharmed(shop: RunningShop, before: ReadonlyMap<Name, Pulse>): Promise<void> {
  for (const name of names) expect(await statusOf(shop, name), name).toBe("SERVING");
  await purchase(shop);
  await vi.waitFor(async () => {
    for (const [name, { since, bytes }] of before) {
      const now = await pulseOf(shop, name);
      expect(now.since, `${name} is another process`).toBe(since);
      expect(now.bytes - bytes, `${name} holds more memory`).toBeLessThan(MORE_BYTES);
    }
  }, PATIENCE);
  expect(shop.output()).not.toMatch(/"severity":"fatal"|handler threw|page failed/);
}

async function purchase(shop: RunningShop): Promise<void> {
  const { post } = createShopper(shop.url);
  await post("/cart", { product_id: "OLJCESPC7Z", quantity: "1" });
  const { status, text } = await post("/cart/checkout", checkoutForm);
  expect(status, shop.complaints().join("\n")).toBe(200);
  expect(text).toContain("order-id");
}

function statusOf(shop: RunningShop, name: Name): Promise<unknown> {
  const client = new health.Health(shop.grpc(name), credentials.createInsecure());
  const options = { deadline: Date.now() + PATIENCE.timeout };
  return new Promise((resolve) =>
    client.check({ service: "" }, options, (error: ServiceError | null, answer) =>
      resolve(error?.code ?? answer?.status),
    ),
  ).finally(() => (client as Client).close());
}

import { startOtlpReceiver } from "@boutique/testkit/otlp";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openCart, startRelay } from "./relay.ts";

// Processes are started, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const warning = { severity: "warn", message: "traces are not exported as they should be" };

/** A relay that sends its spans at once to a collector, and a cart for it to call. */
async function relayTo(settings: NodeJS.ProcessEnv) {
  const cart = await openCart();
  onTestFinished(async () => void (await cart.close()));
  const relay = await startRelay({ CART_SERVICE_ADDR: cart.address, OTEL_BSP_SCHEDULE_DELAY: "10", ...settings });
  onTestFinished(relay.kill);
  return relay;
}

async function bad(manner: "refuse" | "never answer") {
  const collector = await startOtlpReceiver({ manner });
  onTestFinished(collector.stop);
  return collector;
}

const warnings = ({ lines }: { lines: readonly object[] }) =>
  lines.filter((line) => "severity" in line && line.severity !== "info");

describe("a service whose collector", () => {
  it.each([
    ["is away", "127.0.0.1:1", /ECONNREFUSED/],
    ["cannot be found", "collector.invalid:4317", /Name resolution failed/],
  ])("%s serves as ever, says so, and stops as ever (original: waits, or dies)", async (_, address, reason) => {
    const relay = await relayTo({ ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: address });

    await relay.ask("look into the cart");
    const said = await relay.line(warning);
    await relay.ask("look into the cart");

    expect(said).toMatchObject({ reason: expect.stringMatching(reason) });
    expect(await relay.stop()).toBe(0);
    expect(warnings(relay)).toEqual([said]);
  });

  it("refuses what it is sent says so once a minute, not at each time", async () => {
    const collector = await bad("refuse");
    const relay = await relayTo({ ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: collector.grpc });

    for (let times = 1; times <= 4; times++) {
      await relay.ask("look into the cart");
      await collector.until(() => collector.requests() >= times);
    }

    expect(await relay.stop()).toBe(0);
    expect(warnings(relay)).toEqual([expect.objectContaining(warning)]);
    expect(collector.requests()).toBeGreaterThanOrEqual(4);
  });

  it("refuses what it is sent does not say so in the name of some request", async () => {
    const collector = await bad("refuse");
    const relay = await relayTo({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.http });

    await relay.ask("nothing");

    const said = await relay.line(warning);
    expect(said).not.toHaveProperty("trace_id");
  });

  it("never answers serves as ever, and stops after two seconds more", async () => {
    const collector = await bad("never answer");
    const relays = await Promise.all([
      relayTo({ ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: collector.grpc }),
      relayTo({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.http }),
    ]);
    for (const relay of relays) await relay.ask("look into the cart");
    await collector.until(() => collector.requests() >= relays.length);
    for (const relay of relays) await relay.ask("look into the cart");

    const since = performance.now();
    expect(await Promise.all(relays.map((relay) => relay.stop()))).toEqual([0, 0]);

    // The SDK alone would wait for ten: until the export's own time is over.
    expect(performance.now() - since).toBeLessThan(8_000);
    for (const { lines } of relays) expect(lines.at(-1)).toMatchObject({ message: "stopped" });
  });
});

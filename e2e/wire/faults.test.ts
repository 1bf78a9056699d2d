import { health } from "@boutique/contract/proto";
import { type Client, type Name, names, type ServiceName, topology } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import { type Client as Channel, credentials, type ServiceError } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningShop, startShopWith } from "../running-shop.ts";

// In milliseconds: a busy machine is no reason for a test to fail.
const PATIENCE = 30_000;

/** A call of each service. */
type Calls = { readonly [N in ServiceName]: (client: Client<N>) => Promise<unknown> };

const calls: Calls = {
  cart: ({ getCart }) => getCart({ userId: "somebody" }),
  catalog: ({ listProducts }) => listProducts({}),
  currency: ({ getSupportedCurrencies }) => getSupportedCurrencies({}),
  checkout: ({ placeOrder }) => placeOrder({}),
  payment: ({ charge }) => charge({}),
  shipping: ({ getQuote }) => getQuote({ address: {}, items: [] }),
  email: ({ sendOrderConfirmation }) => sendOrderConfirmation({}),
  ad: ({ getAds }) => getAds({}),
  recommendation: ({ listRecommendations }) => listRecommendations({}),
};

/** Those that refuse it, since it says too little. */
const refusing: readonly Name[] = ["checkout", "payment", "email"];

describe.each([
  { faults: "with none", env: {} },
  { faults: "late, and failing always", env: { FAULT_LATENCY: "100ms", FAULT_ERROR_RATE: "1" } },
])("a shop told of faults: $faults", ({ env }) => {
  const on = "FAULT_LATENCY" in env;
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShopWith(env, "--verbose");
  });
  afterAll(() => shop?.stop());

  /** What a service is asked for: the code that it answers with, or the status of a page. */
  async function ask(name: Name): Promise<string> {
    if (name === "frontend") return String((await fetch(`${shop.url}/product/6E92ZMYYFZ`)).status);
    const client = connect(name, shop.grpc(name), {
      budgets: { read: PATIENCE, write: PATIENCE, order: PATIENCE, optional: PATIENCE },
    });
    const call = calls[name] as (client: unknown) => Promise<unknown>;
    return call(client)
      .then(
        () => "OK",
        ({ message }) => String(/^\w+/.exec(message)),
      )
      .finally(client.close);
  }

  const isServing = (name: Name) => {
    const client = new health.Health(shop.grpc(name), credentials.createInsecure());
    return new Promise((resolve) =>
      client.check({ service: "" }, (error: ServiceError | null, answer) => resolve(error?.code ?? answer?.status)),
    ).finally(() => (client as Channel).close());
  };

  describe.each(names)("%s", (name) => {
    it(on ? "fails, late, as it is told to" : "answers", async () => {
      const well = refusing.includes(name) ? "INVALID_ARGUMENT" : "OK";
      const since = performance.now();

      expect(await ask(name)).toBe(name === "frontend" ? (on ? "500" : "200") : on ? "INTERNAL" : well);
      if (on) expect(performance.now() - since).toBeGreaterThan(99);
    });

    it("is in health, and says what it is told", async () => {
      const version = await (await fetch(shop.metrics(name).replace(/metrics$/, "version"))).json();

      expect(await isServing(name)).toBe("SERVING");
      expect(version).toMatchObject({ service: topology[name].workload, node: process.version });
      expect(version.faults).toEqual(on ? { latency_ms: 100, error_rate: 1, paths: [], seed: 1 } : undefined);
    });

    it("shows it in its metrics, and says it at its start", async () => {
      await ask(name);
      const text = await (await fetch(shop.metrics(name))).text();
      const figure = (metric: string) =>
        Number(
          text
            .split("\n")
            .find((line) => line.startsWith(`${metric} `))
            ?.slice(metric.length),
        );

      expect(figure("app_fault_latency_seconds")).toBe(on ? 0.1 : 0);
      expect(figure("app_fault_error_ratio")).toBe(on ? 1 : 0);
      for (const kind of ["latency", "error"]) {
        expect(figure(`app_faults_injected_total{kind="${kind}"}`) > 0).toBe(on);
      }
      const said = new RegExp(`"severity":"warn".*"service":"${topology[name].workload}".*"faults are injected: `);
      expect(said.test(shop.output())).toBe(on);
    });
  });

  it("the storefront answers to whoever asks whether it lives", async () => {
    expect((await fetch(`${shop.url}/_healthz`)).status).toBe(200);
    expect((await (await fetch(`${shop.url}/version`)).json()).faults?.error_rate).toBe(on ? 1 : undefined);
  });
});

it("a path of one service leaves all others as they are", async () => {
  const shop = await startShopWith({ FAULT_ERROR_RATE: "1", FAULT_PATHS: "/hipstershop.AdService/" });
  try {
    const faults = await Promise.all(
      names.map(async (name) => (await (await fetch(shop.metrics(name).replace(/metrics$/, "version"))).json()).faults),
    );

    expect(names.filter((_, place) => faults[place])).toEqual(["ad"]);
    // It does without the ad.
    expect((await fetch(`${shop.url}/product/6E92ZMYYFZ`)).status).toBe(200);
  } finally {
    await shop.stop();
  }
});

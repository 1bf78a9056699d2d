import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ComposedShop, composedShop, until } from "./composed-shop.ts";

interface Statistics {
  readonly stats: readonly { name: string; num_requests: number; num_failures: number }[];
}

describe("docker compose --profile load up", () => {
  let shop: ComposedShop;
  beforeAll(async () => {
    shop = await composedShop("load");
  }, 120_000);
  afterAll(() => shop?.remove(), 60_000);

  const ask = (token: string) =>
    fetch(`${shop.load.url}/stats/requests`, { headers: { authorization: `Bearer ${token}` } });
  const total = async () => {
    const { stats }: Statistics = await (await ask(shop.load.token)).json();
    return stats.find(({ name }) => name === "Aggregated") ?? { num_requests: 0, num_failures: 0 };
  };

  it("sends shoppers who meet no failure, once the shop has seen some", async () => {
    await until("fifty requests were made", async () => (await total()).num_requests >= 50);
    const before = await total();
    await until("fifty more were made", async () => (await total()).num_requests >= before.num_requests + 50);

    expect((await total()).num_failures).toBe(before.num_failures);
  });

  it("shows its page to those alone who have the token", async () => {
    expect((await ask("a guess")).status).toBe(401);
    expect((await ask(shop.load.token)).status).toBe(200);
  });

  it("is contained like the others", async () => {
    const { HostConfig, NetworkSettings } = await shop.inspect("loadgenerator");

    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true });
    expect(Object.values(NetworkSettings.Ports).flat().filter(Boolean)).toEqual([
      { HostIp: "127.0.0.1", HostPort: new URL(shop.load.url).port },
    ]);
  });

  it("ends with a report when it is stopped", async () => {
    await shop.compose("stop", "loadgenerator");
    const { ExitCode, OOMKilled } = (await shop.inspect("loadgenerator")).State;

    // 3 says that the machine was too busy for the figures to be believed: that is for the machine to say.
    expect([0, 3]).toContain(ExitCode);
    expect(OOMKilled).toBe(false);
    expect(await shop.compose("logs", "loadgenerator")).toContain("Aggregated");
  });
});

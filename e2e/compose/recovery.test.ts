import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopper } from "../shopper.ts";
import { type ComposedShop, composedShop, until } from "./composed-shop.ts";

const workloads = names.map((name) => roster[name].workload as string);
const optional = names.filter((name) => roster[name].optional).map((name) => roster[name].workload as string);

describe("a shop in containers", () => {
  let shop: ComposedShop;
  beforeAll(async () => {
    shop = await composedShop();
  }, 120_000);
  afterAll(() => shop?.remove(), 60_000);

  const sells = () =>
    shop.buy().then(
      () => true,
      () => false,
    );

  it.each([...workloads, "redis-cart"])(
    "sells again when %s crashed",
    async (service) => {
      await shop.crash(service);

      await until("the shop sells", sells);
    },
    120_000,
  );

  it("sells while ads, recommendations and mail are away", async () => {
    await shop.compose("stop", ...optional);
    try {
      expect((await shop.buy()).orderId).toMatch(/^[\da-f-]{36}$/);
    } finally {
      await shop.compose("start", ...optional);
    }
  });

  it.each([
    ["is restarted", () => shop.compose("restart", "redis-cart")],
    ["crashes", () => shop.crash("redis-cart")],
    [
      "has a new container",
      () => shop.compose("up", "--detach", "--no-build", "--force-recreate", "--no-deps", "redis-cart"),
    ],
  ])("keeps carts when Redis %s", async (_, happens) => {
    const shopper = createShopper(shop.url);
    await until("the cart can be filled", async () => {
      const { status } = await shopper.post("/cart", { product_id: "OLJCESPC7Z", quantity: "3" });
      return status === 302;
    });

    await happens();

    let page = "";
    await until("the cart can be seen", async () => {
      const answer = await shopper.get("/cart");
      page = answer.text;
      return answer.status === 200;
    });
    expect(page).toMatch(/SKU #OLJCESPC7Z<[\s\S]{0,80}Quantity: 3/);
  });
});

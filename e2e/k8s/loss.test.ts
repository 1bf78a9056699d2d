import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopper } from "../shopper.ts";
import { isReady, kubectl } from "./cluster.ts";
import { through } from "./forward.ts";
import { killOutright } from "./node.ts";
import { podsOf, restartsIn, untilPods, untilReady } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

// A shop that loses its pods, one at a time.
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.applyFolder("base");
}, 150_000);
afterAll(() => shop?.remove(), 240_000);

const here = () => ["--namespace", shop.namespace];
const kill = (name = "") => kubectl("delete", "pod", name, ...here(), "--grace-period=0", "--force");
const scale = (workload: string, replicas: number) =>
  kubectl("scale", "deployment", workload, ...here(), `--replicas=${replicas}`);
const optional: string[] = names.filter((name) => roster[name].optional).map((name) => roster[name].workload);
const mug = { product_id: "6E92ZMYYFZ", quantity: "7" };

describe("the shop", () => {
  it.each(names.map((name) => roster[name].workload))(
    "sells again when a pod of %s was taken away at once",
    async (workload) => {
      const before = await podsOf(shop.namespace, workload);
      const [first] = before;

      await kill(first?.metadata.name);
      await untilReady(shop.namespace, workload, before.length, first ? [first] : []);

      await shop.sellsAgain();
    },
    60_000,
  );

  it("sells while all that it can do without is away", async () => {
    await Promise.all(optional.map((workload) => scale(workload, 0)));
    await untilPods(shop.namespace, undefined, (pods) =>
      pods.every(({ metadata }) => !optional.includes(metadata.labels?.app ?? "")),
    );

    expect(await shop.buy()).toMatchObject({ orderId: expect.stringMatching(/^[0-9a-f-]{36}$/) });

    await Promise.all(optional.map((workload) => scale(workload, 1)));
    await shop.settled();
  }, 120_000);

  it("has the carts still when Redis was killed outright, and when its pod was replaced", async () => {
    await through(shop.namespace, "service/frontend", 80, async (address) => {
      const shopper = createShopper(`http://${address}`);
      await shopper.get("/");
      await shopper.post("/cart", mug);
      expect((await shopper.get("/cart")).text).toContain(mug.product_id);
      const redis = await podsOf(shop.namespace, "redis-cart");
      const cart = async () => (await shopper.get("/cart")).text;

      await killOutright("redis-server", String(redis[0]?.metadata.uid), String(redis[0]?.spec.nodeName));
      await untilPods(
        shop.namespace,
        "redis-cart",
        (pods) => pods.every(isReady) && restartsIn(pods)["redis-cart-0"] === 1,
      );
      await expect.poll(cart, { timeout: 20_000, interval: 300 }).toContain(mug.product_id);

      await kubectl("delete", "pod", "redis-cart-0", ...here(), "--grace-period=1");
      await untilReady(shop.namespace, "redis-cart", 1, redis);
      await expect.poll(cart, { timeout: 20_000, interval: 300 }).toContain(mug.product_id);
    });
  }, 150_000);
});

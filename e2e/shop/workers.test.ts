import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningShop, startShop } from "../running-shop.ts";
import { createShopper } from "../shopper.ts";

const PORTS = 21;
const VISITS = 60;

describe.runIf(process.platform === "linux")("npm start -- --workers 2", () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShop("--workers", "2", "--without", "ad,recommendation,email");
  });
  afterAll(() => shop?.stop());

  /** How many home pages each of the two has answered. */
  const answered = () =>
    Promise.all(
      [0, PORTS].map(async (more) => {
        const at = new URL(shop.metrics("frontend"));
        at.port = String(Number(at.port) + more);
        const text = await (await fetch(at)).text();
        return Number(/^http_requests_total\{method="GET",route="\/",status="200"\} (\d+)$/m.exec(text)?.[1] ?? 0);
      }),
    );

  it("deals connections among two storefronts, each of which counts its own", async () => {
    // A connection for each, since it is connections that the system deals.
    for (let visit = 0; visit < VISITS; visit++) {
      expect((await fetch(shop.url, { headers: { connection: "close" } })).status).toBe(200);
    }

    const counts = await answered();
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(VISITS);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it("shows a shopper the same cart on both", async () => {
    const shopper = createShopper(shop.url, { connection: "close" });
    await shopper.post("/cart", { product_id: "6E92ZMYYFZ", quantity: "3" });

    for (let visit = 0; visit < 20; visit++) expect((await shopper.get("/cart")).text).toContain("Quantity: 3");
  });
});

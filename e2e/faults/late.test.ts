import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { startShopWith } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";

const sleeper = fileURLToPath(new URL("sleeper.ts", import.meta.url));

// Long enough for whoever calls them to try again as seldom as it gets. A charge is not sent twice, a page asks the cart.
it.each(["payment", "cart"])("a shop whose %s began late sells as soon as all parts serve", async (late) => {
  const shop = await startShopWith({ NODE_OPTIONS: `--import=${sleeper}`, LATE_SERVICE: late, LATE_MS: "3300" });
  onTestFinished(() => shop.stop());
  const { post } = createShopper(shop.url);

  const added = await post("/cart", { product_id: "OLJCESPC7Z", quantity: "1" });
  const { status, text } = await post("/cart/checkout", checkoutForm);

  const said = shop.complaints().join("\n");
  expect(added.status, said).toBe(302);
  expect(status, said).toBe(200);
  expect(text).toContain("order-id");
});

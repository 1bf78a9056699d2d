import { randomUUID } from "node:crypto";
import type { ServiceName } from "@boutique/contract/topology";
import { status } from "@grpc/grpc-js";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { products } from "../original/catalog.ts";
import { createCurrency } from "../original/currency.ts";
import { type LoadReport, runLoad } from "../original/load.ts";
import { createPayment, visaElectron } from "../original/payment.ts";
import { type OrderForm, openStorefront } from "../original/storefront.ts";
import { backends, openTown, type Town } from "../original/town.ts";
import { probe } from "../original/wire.ts";
import { type RunningShop, startShop } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";

// The promise: any of the original's services can take the place of ours, and any of ours that of the original's. What
// stands in for the original here does on the wire what the original does, its oddities included (see ../original).

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town?.close());

const allBut = (name: ServiceName) => backends.filter((other) => other !== name);

describe("the stand-ins reckon as the original does", () => {
  const { convert } = createCurrency();
  const { charge } = createPayment();

  it.each([
    ["1.00 USD", "USD", "1 0", "0 999999999"],
    ["19.99 USD", "EUR", "19 990000000", "17 682441398"],
    ["19.99 USD", "JPY", "19 990000000", "2235 60592707"],
    ["8.99 USD", "CAD", "8 990000000", "12 30138876"],
    ["-1.75 USD", "EUR", "-1 -750000000", "-4 -547987616"],
  ])("%s in %s", async (_, toCode, given, expected) => {
    const [units = "", nanos] = given.split(" ");
    const got = await convert({ from: { currencyCode: "USD", units, nanos: Number(nanos) }, toCode });

    expect(`${got.units} ${got.nanos}`).toBe(expected);
  });

  const chargeOf = async (creditCardNumber: string, creditCardExpirationYear: number) =>
    charge({
      amount: { currencyCode: "USD", units: "1", nanos: 0 },
      creditCard: { creditCardNumber, creditCardCvv: 0, creditCardExpirationYear, creditCardExpirationMonth: 13 },
      idempotencyKey: "",
    });
  const thisYear = new Date().getFullYear();

  it.each(["4432801561520454", "4432-8015-6152-0454", "5272940000751666"])("takes %s", async (number) => {
    expect(await chargeOf(number, thisYear)).toHaveProperty("transactionId");
  });

  it.each([
    ["4432801561520455", "makes no sense"],
    ["2223003122003222", "makes no sense"],
    ["4222222222222", "makes no sense"],
    ["4000000000000000006", "makes no sense"],
    ["378282246310005", "amex"],
    ["30569309025904", "diners_club"],
    ["6011111111111117", "discover"],
    ["3530111333300000", "jcb"],
    ["4026000000000002", "visa_electron"],
    ["5018000000000009", "maestro"],
  ])("refuses %s with a status that gRPC does not have", async (number, details) => {
    await expect(chargeOf(number, thisYear)).rejects.toMatchObject({
      code: 400,
      details: expect.stringContaining(details),
    });
  });
});

describe("our storefront under the original's load", () => {
  const totalOf = (page: string) => /id="total-paid">([^<]+)</.exec(page)?.[1];
  let usual: LoadReport;
  beforeAll(async () => {
    usual = await load([]);
  });

  const load = async (replaced: readonly ServiceName[]) => {
    await town.replace(replaced);
    const report = await runLoad({ url: town.url, seed: 12, tasks: 120, unwantedCards: visaElectron });
    expect(report.failures).toEqual([]);
    expect(town.asked()).toEqual(replaced);
    expect(town.complaints()).toEqual([]);
    return report;
  };

  it("fails at nothing with all services ours, and orders are placed and confirmed", () => {
    expect(usual.orders.length).toBeGreaterThan(2);
    for (const page of usual.orders) {
      expect(page).toMatch(/id="order-id">[0-9a-f-]{36}</);
      expect(page).toMatch(/id="tracking-id">[A-Z]{2}-\d+-\d+</);
    }
  });

  it.each(backends)(
    "fails at nothing with the original's %s in place of ours, and orders cost the same",
    async (name) => {
      const { orders } = await load([name]);

      expect(orders.map(totalOf).sort()).toEqual(usual.orders.map(totalOf).sort());
    },
  );

  it("fails at nothing with the original's services alone, and orders cost the same", async () => {
    const { orders } = await load(backends);

    expect(orders.map(totalOf).sort()).toEqual(usual.orders.map(totalOf).sort());
  });
});

describe("npm start", () => {
  const addresses: Record<ServiceName, string> = {
    ad: "AD_SERVICE_ADDR",
    cart: "CART_SERVICE_ADDR",
    catalog: "PRODUCT_CATALOG_SERVICE_ADDR",
    checkout: "CHECKOUT_SERVICE_ADDR",
    currency: "CURRENCY_SERVICE_ADDR",
    email: "EMAIL_SERVICE_ADDR",
    payment: "PAYMENT_SERVICE_ADDR",
    recommendation: "RECOMMENDATION_SERVICE_ADDR",
    shipping: "SHIPPING_SERVICE_ADDR",
  };
  let shop: RunningShop;
  beforeAll(async () => {
    await town.replace(backends);
    for (const name of backends) vi.stubEnv(addresses[name], town.addressOf(name));
    shop = await startShop("--only", "frontend");
    vi.unstubAllEnvs();
  });
  afterAll(() => shop?.stop());

  it("finds the original's services by the original's variables", async () => {
    const report = await runLoad({ url: shop.url, seed: 3, tasks: 60, unwantedCards: visaElectron });

    expect(report.failures).toEqual([]);
    expect(report.orders.length).toBeGreaterThan(0);
    expect(town.asked()).toEqual(backends);
  });
});

describe("the original's storefront", () => {
  const form: OrderForm = {
    email: "zoe@example.org",
    address: { streetAddress: "4 Quay", city: "East Port", state: "NJ", country: "Chad", zipCode: 501 },
    creditCard: {
      creditCardNumber: "4432801561520454",
      creditCardCvv: 123,
      creditCardExpirationYear: new Date().getFullYear() + 71,
      creditCardExpirationMonth: 1,
    },
  };

  const shop = async (replaced: readonly ServiceName[]) => {
    await town.replace(replaced);
    const degraded: string[] = [];
    const storefront = openStorefront(town.addressOf, degraded);
    for (const currency of ["USD", "EUR", "JPY", "TRY"]) {
      const shopper = storefront.visit(randomUUID(), currency);
      expect((await shopper.home()).map(({ id }) => id)).toEqual(products.map(({ id }) => id));
      for (const { id } of products) expect(await shopper.product(id)).toHaveProperty("currencyCode", currency);
      expect((await shopper.cart()).items).toEqual([]);

      await shopper.addToCart("6E92ZMYYFZ", 10);
      await shopper.addToCart("1YMWWN1N4O", 1);
      await shopper.addToCart("6E92ZMYYFZ", 3);
      const { items, total } = await shopper.cart();
      expect(items).toEqual([
        { productId: "6E92ZMYYFZ", quantity: 13 },
        { productId: "1YMWWN1N4O", quantity: 1 },
      ]);

      const order = await shopper.checkout(form);
      expect(order).toMatchObject({
        orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        shippingTrackingId: expect.stringMatching(/^[A-Z]{2}-\d+-\d+$/),
        shippingAddress: form.address,
        items: items.map((item) => ({ item })),
        total,
      });
      expect((await shopper.cart()).items).toEqual([]);
    }
    storefront.close();
    expect(degraded).toEqual([]);
    expect(town.asked()).toEqual(replaced);
    expect(town.complaints()).toEqual([]);
  };

  it("sells with the original's services, which shows that the stand-ins fit together", () => shop(backends));

  it.each(backends)("sells with our %s among the original's services", (name) => shop(allBut(name)));

  it("sells with all services ours", () => shop([]));
});

describe("what the original does in its own way", () => {
  afterEach(() => {
    town.parcels.lost = undefined;
    town.storage.away = 0;
    town.complaints();
  });

  const cartOf = async (shopper: ReturnType<typeof createShopper>) => (await shopper.get("/cart")).text;
  const shopperWithMug = async () => {
    const shopper = createShopper(town.url);
    await shopper.post("/cart", { product_id: "6E92ZMYYFZ", quantity: "2" });
    return shopper;
  };

  it.each(["4026000000000002", "4175000000000001", "4508000000000009", "4844000000000002", "4913000000000008"])(
    "the Visa number %s, at which its load fails with its payment, will do with ours (original: visa_electron)",
    async (credit_card_number) => {
      await town.replace(allBut("payment").filter((name) => name !== "checkout"));
      const page = await (await shopperWithMug()).post("/cart/checkout", { ...checkoutForm, credit_card_number });

      expect([page.status, page.text]).toEqual([200, expect.stringContaining("order-id")]);
    },
  );

  it.each(["378282246310005", "4026000000000002"])(
    "a card that its payment refuses with status 400 (%s) is the shopper's to mend",
    async (credit_card_number) => {
      await town.replace(["payment"]);
      const shopper = await shopperWithMug();
      const { status, text } = await shopper.post("/cart/checkout", { ...checkoutForm, credit_card_number });

      expect(status).toBe(422);
      expect(text).toContain("VISA and MasterCard do");
      expect(await cartOf(shopper)).toContain("6E92ZMYYFZ");
    },
  );

  it("its payment knows no refund: an order that cannot be shipped fails, and the log names the charge to give back", async () => {
    await town.replace(["payment", "shipping"]);
    town.parcels.lost = status.UNAVAILABLE;
    const shopper = await shopperWithMug();
    const page = await shopper.post("/cart/checkout", checkoutForm);

    expect(page.status).toBe(503);
    expect(page.text).toContain("could not give the money back yet");
    expect(await cartOf(shopper)).toContain("6E92ZMYYFZ");
    expect(town.complaints().join()).toMatch(/"transaction_id":"[0-9a-f-]{36}".*was not refunded/);
  });

  it("its cart says FAILED_PRECONDITION and shows its code when its storage is away: our pages say neither", async () => {
    await town.replace(["cart"]);
    const shopper = await shopperWithMug();
    for (const calls of [1, 2]) {
      town.storage.away = calls;
      const page = await shopper.post("/cart/checkout", checkoutForm);
      expect
        .soft([calls, page.status, page.text])
        .toEqual([calls, 503, expect.not.stringMatching(/redis|cartservice\./i)]);
    }
    town.storage.away = 1;
    expect.soft((await shopper.get("/")).text).not.toContain("cart-size-circle");
    town.storage.away = 1;
    expect.soft((await shopper.post("/cart", { product_id: "6E92ZMYYFZ", quantity: "1" })).status).toBe(503);
  });

  it("its catalogue is searched, and its pictures are shown", async () => {
    await town.replace(["catalog"]);
    expect((await createShopper(town.url).get("/search?q=MUSTARD")).text).toContain("/product/6E92ZMYYFZ");
    for (const { picture } of products) {
      const { ok, headers } = await fetch(town.url + picture);
      expect([picture, ok, headers.get("content-type")]).toEqual([picture, true, expect.stringMatching(/^image\//)]);
    }
  });

  it.each([
    ["ours", []],
    ["the original's", backends],
  ])("%s answer a probe of the original's making", async (_, replaced) => {
    await town.replace(replaced);
    const answers = backends.map((name) => probe(town.addressOf(name)));
    expect(await Promise.all(answers)).toEqual(backends.map(() => "SERVING"));
  });

  it("its checkout says UNAVAILABLE once it has charged: our page does not say that nothing was", async () => {
    await town.replace(["checkout", "shipping"]);
    town.parcels.lost = status.UNAVAILABLE;
    const page = await (await shopperWithMug()).post("/cart/checkout", checkoutForm);

    expect([page.status, page.text]).toEqual([503, expect.not.stringContaining("Nothing was charged")]);
  });
});

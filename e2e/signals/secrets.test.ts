import { connect, type Socket } from "node:net";
import type { MessageInit } from "@boutique/contract/proto";
import { names, roster } from "@boutique/contract/roster";
import { type OtlpReceiver, startOtlpReceiver } from "@boutique/testkit/otlp";
import { type RedisServer, redisMissing, startRedis } from "@boutique/testkit/redis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cvvIn, secrets, secretsIn } from "../hostile/secrets.ts";
import { type RunningShop, startShopWith } from "../running-shop.ts";
import { checkoutForm, createShopper } from "../shopper.ts";
import { calling } from "./deeds.ts";
import { scrape } from "./prometheus.ts";
import { type StandIns, standIn, type Troubles } from "./stand-ins.ts";

// A whole shop in which all goes well and all goes wrong, and in which shoppers type their secrets into any field there
// is: nothing of it may be in what ten services wrote, counted, traced, or said of their failures.
let collector: OtlpReceiver;
let redis: RedisServer | undefined;
let monitor: Socket | undefined;
let standIns: StandIns | undefined;
let kept = "";
const shops: RunningShop[] = [];
const exposed: string[] = [];
const errors: string[] = [];

const [card = "", mastercard = "", refusedCard = "", other = ""] = secrets.cards;
const [email] = secrets.emails;
const [street] = secrets.streets;
const form = {
  ...checkoutForm,
  email,
  street_address: street,
  credit_card_number: card,
  credit_card_cvv: secrets.cvv,
};
const spaced = card.replace(/(\d{4})(?=\d)/g, "$1 ");
const dashed = mastercard.replace(/(\d{4})(?=\d)/g, "$1-");
const product = { product_id: "OLJCESPC7Z", quantity: "1" };

const withoutRedis = redisMissing && process.env.CI !== "true";

/** Hears every command that Redis is given, with all that is in it. */
function listenIn({ port }: RedisServer): void {
  monitor = connect(port, "127.0.0.1").setEncoding("utf8");
  monitor.on("data", (chunk) => {
    kept += chunk;
  });
  monitor.write("MONITOR\r\n");
}

/** Where nobody listens. */
const NOWHERE = "127.0.0.1:1";

beforeAll(async () => {
  collector = await startOtlpReceiver();
  // Without one the shop is the same, but for what it keeps.
  redis = withoutRedis ? undefined : await startRedis();
  if (redis) listenIn(redis);
  const shop = await open({});
  await tradeIn(shop);
  await writeToWrongFields(shop);
  await callWrongly(shop);
  // Storefronts of the same shop, each of whose checkout finds one of those it needs dead, or failing now and then.
  const addresses = Object.fromEntries(names.map((name) => [roster[name].address, shop.grpc(name)]));
  for (const name of ["payment", "shipping", "email"] as const) {
    const part = await open({ ...addresses, [roster[name].address]: NOWHERE }, "--only", "frontend,checkout");
    await order(part, form);
    await look(part, "frontend", "checkout");
  }
  standIns = await standIn(shop, ["cart", "catalog", "currency", "payment", "shipping", "email"]);
  const troubled = await open({ ...addresses, ...standIns.addresses }, "--only", "frontend,checkout");
  await failAtEachStep(troubled, standIns);
  await look(troubled, "frontend", "checkout");
  await look(shop, ...names);
  for (const open of shops.toReversed()) await open.stop();
  await collector.until((spans) => spans.some(({ name }) => name.endsWith("/PlaceOrder")));
}, 120_000);
afterAll(async () => {
  for (const shop of shops) await shop.stop();
  await standIns?.close();
  monitor?.destroy();
  await redis?.dispose();
  await collector?.stop();
});

async function open(environment: NodeJS.ProcessEnv, ...options: string[]): Promise<RunningShop> {
  const tracing = { ENABLE_TRACING: "1", COLLECTOR_SERVICE_ADDR: collector.grpc, OTEL_BSP_SCHEDULE_DELAY: "100" };
  const all = ["--verbose", ...(redis ? ["--redis", redis.address] : []), ...options];
  const shop = await startShopWith({ LOG_LEVEL: "debug", ...tracing, ...environment }, ...all);
  shops.push(shop);
  return shop;
}

async function look(shop: RunningShop, ...wanted: (typeof names)[number][]): Promise<void> {
  for (const name of wanted) {
    exposed.push(await scrape(shop.metrics(name)), await scrape(shop.metrics(name), "application/openmetrics-text"));
  }
}

/** The sentences of a page that is an error: what a shopper typed stands in its fields, which are nobody else's. */
function note({ status, text }: { status: number; text: string }): number {
  if (status >= 400) errors.push(text.replace(/<(script|style)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " "));
  return status;
}

async function order(shop: RunningShop, sent: Record<string, string>): Promise<number> {
  const { post } = createShopper(shop.url);
  await post("/cart", product);
  return note(await post("/cart/checkout", sent));
}

async function tradeIn(shop: RunningShop): Promise<void> {
  expect(await order(shop, form)).toBe(200);
  expect(await order(shop, { ...form, credit_card_number: dashed })).toBe(200);
  expect(await order(shop, { ...form, credit_card_number: spaced })).toBe(200);
  expect(await order(shop, { ...form, credit_card_number: refusedCard })).toBe(422);
  expect(await order(shop, { ...form, credit_card_expiration_year: "2020" })).toBe(422);
}

/** What is known for a secret wherever it stands. A street or three digits are not, where anything may be looked for. */
const plain = [card, spaced, dashed, other, email];

/** Everything in a field of the form that it does not belong in; what is plain in paths, queries, headers and cookies. */
async function writeToWrongFields(shop: RunningShop): Promise<void> {
  const typed = [...plain, street, secrets.cvv];
  const fields = [...Object.keys(form), "idempotency_key", "expected_total", "return_to"];
  for (const field of fields) for (const secret of typed) note(await sent(shop, { ...form, [field]: secret }));
  for (const secret of plain) {
    const quoted = encodeURIComponent(secret);
    const headers = { "user-agent": secret, referer: `${shop.url}/search?q=${quoted}`, baggage: `card=${quoted}` };
    const { get, post } = createShopper(shop.url, { ...headers, "x-request-id": secret });
    const paths = ["product", "product-meta", "static", "order", "orders", "nowhere"];
    for (const path of paths) note(await get(`/${path}/${quoted}`));
    for (const query of ["search?q", "?from", "cart?card", "product/OLJCESPC7Z?from"])
      note(await get(`/${query}=${quoted}`));
    note(await post("/cart", { product_id: secret, quantity: "1" }));
    note(await post("/cart", { ...product, quantity: secret }));
    note(await post("/setCurrency", { currency_code: secret, return_to: `/product/${quoted}` }));
    const cookie = ["shop_session-id", "shop_currency", "shop_order-key"].map((name) => `${name}=${quoted}`).join("; ");
    const response = await fetch(`${shop.url}/cart`, { headers: { cookie } });
    note({ status: response.status, text: await response.text() });
  }
}

async function sent(shop: RunningShop, fields: Record<string, string>) {
  return createShopper(shop.url).post("/cart/checkout", fields);
}

/** The same by gRPC: what is said of a failure goes to the error texts. */
async function callWrongly(shop: RunningShop): Promise<void> {
  const said = (call: Promise<unknown>) => call.catch(({ message }: Error) => void errors.push(message));
  const money: MessageInit<"Money"> = { currencyCode: "USD", units: "1", nanos: 0 };
  const address = { streetAddress: street, city: street, state: email, country: card, zipCode: Number(secrets.cvv) };
  const year = new Date().getUTCFullYear() + 1;
  for (const secret of plain) {
    const items = [{ productId: secret, quantity: 1 }];
    const creditCard = {
      creditCardNumber: secret,
      creditCardCvv: Number(secrets.cvv),
      creditCardExpirationYear: year,
      creditCardExpirationMonth: 1,
    };
    // No key, for its blank: a key that is one is kept as it comes, since it is an id that the caller has given out.
    const noKey = `${secret} `;
    const valid = { ...creditCard, creditCardNumber: card };
    const placed = { userId: "ada", userCurrency: "USD", email, address, creditCard: valid, idempotencyKey: secret };
    await calling(shop, "cart", async ({ addItem, getCart, emptyCart }) => {
      await said(addItem({ userId: "ada", item: { productId: `${secret} `, quantity: 1 } }));
      await said(getCart({ userId: secret.repeat(20) }));
      await said(emptyCart({ userId: "ada", items, idempotencyKey: noKey }));
    });
    await calling(shop, "catalog", async ({ getProduct, searchProducts }) => {
      await said(getProduct({ id: secret }));
      await said(searchProducts({ query: secret }));
    });
    await calling(shop, "currency", async ({ convert, convertMany }) => {
      await said(convert({ from: { ...money, currencyCode: secret }, toCode: "USD" }));
      await said(convertMany({ from: [money], toCode: secret }));
    });
    await calling(shop, "payment", async ({ charge, refund, resolveCharge }) => {
      await said(charge({ amount: money, creditCard, idempotencyKey: secret }));
      await said(charge({ amount: { ...money, currencyCode: secret }, creditCard: valid, idempotencyKey: secret }));
      await said(charge({ amount: money, creditCard: { ...valid, creditCardCvv: 94_794 }, idempotencyKey: "" }));
      await said(refund({ transactionId: secret, amount: money, idempotencyKey: secret, reason: secret }));
      await said(resolveCharge({ idempotencyKey: secret }));
    });
    await calling(shop, "shipping", async ({ getQuote, shipOrder, resolveShipment }) => {
      await said(getQuote({ address, items }));
      await said(shipOrder({ address, items, idempotencyKey: noKey }));
      await said(resolveShipment({ idempotencyKey: noKey }));
    });
    await calling(shop, "email", async ({ sendOrderConfirmation }) => {
      const order = { orderId: secret, shippingTrackingId: secret, shippingAddress: address, shippingCost: money };
      await said(
        sendOrderConfirmation({ email, order: { ...order, items: [{ item: items[0] ?? null, cost: money }] } }),
      );
      await said(sendOrderConfirmation({ email: secret, order }));
    });
    await calling(shop, "checkout", async ({ placeOrder, getOrder, listOrders }) => {
      await said(placeOrder(placed));
      await said(placeOrder({ ...placed, userCurrency: secret, email: secret, expectedTotal: money }));
      await said(getOrder({ orderId: secret, userId: "ada" }));
      await said(listOrders({ userId: secret.repeat(20) }));
    });
    await calling(shop, "ad", ({ getAds }) => said(getAds({ contextKeys: Array(101).fill(secret) })));
    await calling(shop, "recommendation", ({ listRecommendations }) =>
      said(listRecommendations({ userId: secret, productIds: [secret] })),
    );
  }
}

const noParcel: Troubles = { "shipping.shipOrder": { code: "FAILED_PRECONDITION" } };
const lostCharge: Troubles = { "payment.charge": { code: "UNKNOWN", lost: true } };

/** What goes wrong with an order, from its pricing to its letter, and what its shopper is told. */
const troublesOfOrders: readonly (readonly [Troubles, RegExp])[] = [
  [{ "cart.getCart": { code: "INTERNAL" } }, /nothing was charged/i],
  [{ "catalog.listProducts": { code: "INTERNAL" } }, /nothing was charged/i],
  [{ "shipping.getQuote": { code: "FAILED_PRECONDITION" } }, /nothing was charged/i],
  [{ "currency.convertMany": { code: "INTERNAL" } }, /nothing was charged/i],
  [{ "payment.charge": { code: "UNIMPLEMENTED" } }, /nothing was charged/i],
  [lostCharge, /order-id/],
  // With Redis the checkout of another storefront finishes it, or undoes it: one of them has no shipping.
  [{ ...lostCharge, "payment.resolveCharge": { code: "UNAVAILABLE" } }, /order-id|not settled yet|was given back/i],
  [{ ...lostCharge, "payment.resolveCharge": { code: "UNIMPLEMENTED" } }, /may have been charged/i],
  [{ "shipping.shipOrder": { code: "INTERNAL", lost: true } }, /order-id/],
  [noParcel, /was given back/i],
  [{ ...noParcel, "payment.refund": { code: "UNAVAILABLE" } }, /could not give the money back/i],
  [{ ...noParcel, "payment.refund": { code: "FAILED_PRECONDITION" } }, /could not give the money back/i],
  [{ "cart.emptyCart": { code: "INTERNAL" }, "email.sendOrderConfirmation": { code: "INTERNAL" } }, /order-id/],
];

/** Orders in euros, each of which fails, or is in danger, at another step. */
async function failAtEachStep(shop: RunningShop, { suffer }: StandIns): Promise<void> {
  for (const [troubles, told] of troublesOfOrders) {
    const { post } = createShopper(shop.url);
    await post("/setCurrency", { currency_code: "EUR" });
    await post("/cart", product);
    suffer(troubles);
    const answer = await post("/cart/checkout", form);
    note(answer);
    expect(answer.text, Object.keys(troubles).join()).toMatch(told);
    suffer({});
  }
}

const lines = () => shops.flatMap((shop) => shop.output().split("\n"));

/** Which texts of some have a secret in them, shown as they are. */
const withSecrets = (texts: readonly string[]) => texts.filter((text) => secretsIn(text).length > 0);

it("there is enough to look at", () => {
  expect(lines().filter((line) => line.startsWith("{")).length).toBeGreaterThan(500);
  expect(lines().join("\n")).toContain("order_completed");
  for (const words of ["perhaps charged, not shipped", "a charge without a parcel was not refunded"])
    expect(lines().join("\n")).toContain(words);
  expect(exposed.length).toBe(2 * names.length + 4 * 4);
  expect(collector.spans().length).toBeGreaterThan(500);
  expect(errors.length).toBeGreaterThan(100);
});

it("no log line has a card, an address or an e-mail address in it", () => {
  expect(withSecrets(lines())).toEqual([]);
});

it("no metric has", () => {
  expect(withSecrets(exposed.flatMap((text) => text.split("\n")))).toEqual([]);
});

it("no span has", () => {
  // Without ids and times, in which any digits may stand.
  const told = collector
    .spans()
    .map(({ name, attributes, events, status, resource }) => ({ name, attributes, events, status, resource }));

  expect(withSecrets(told.map((span) => JSON.stringify(span)))).toEqual([]);
  expect(told.flatMap((span) => cvvIn(span))).toEqual([]);
});

it("no error text has", () => {
  expect(withSecrets(errors)).toEqual([]);
});

it("no field of a log line, no label and no error text is the CVV, nor has one a field of that name", () => {
  const parsed = lines()
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

  expect(parsed.flatMap((line) => cvvIn(line).map((path) => `${line.service} ${path}: ${line.message}`))).toEqual([]);
  expect(exposed.join().match(new RegExp(`="${secrets.cvv}"`, "g"))).toBeNull();
  expect(errors.flatMap((text) => cvvIn(text))).toEqual([]);
  expect([...lines(), ...exposed].join("\n")).not.toMatch(/cvv"\s*:|cvv="/i);
});

it.skipIf(withoutRedis)("no card and no CVV was ever given to Redis to keep", () => {
  expect(kept).toContain("OLJCESPC7Z");
  // What is asked for by an id, as a stranger gives it, is not kept.
  const writes = kept.split("\n").filter((command) => !/^\S+ \[[^\]]*\] "(get|hget|hgetall|zrevrange)"/i.test(command));
  const cards = withSecrets(writes).filter((command) => secretsIn(command).some((secret) => /^\d+$/.test(secret)));
  expect(cards).toEqual([]);
  expect(kept).not.toMatch(new RegExp(`cvv\\W{1,6}${secrets.cvv}\\b`, "i"));
});

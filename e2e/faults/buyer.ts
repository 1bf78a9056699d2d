import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../original/chance.ts";
import { createShopper } from "../shopper.ts";
import { type Answer, ask, linesIn, orderForm, type Receipt, receiptIn, type Shopper } from "./purchase.ts";

/** What came of a purchase, as its shopper knows it. */
export interface Purchase {
  readonly userId: string;
  /** What was bought, and what else was put into the cart once it was. */
  readonly cart: ReadonlyMap<string, number>;
  readonly later: ReadonlyMap<string, number>;
  /** The order that was confirmed; that it was refused for good; or that no end was seen. */
  readonly end: Receipt | "refused" | "unknown";
  /** How often the form was sent. */
  readonly sent: number;
  /** What should not have been. */
  readonly complaints: readonly string[];
}

const products = ["6E92ZMYYFZ", "66VCHSJNUP", "OLJCESPC7Z", "L9ECAV7KIM", "2ZYFJ3GM2N", "1YMWWN1N4O"];
/** Longer than a siege: once it is over, everybody sees an end. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 250;

/** Buys one or two things, whatever happens to the shop: what fails is done again, as people do it. */
export async function buy(url: string, chance: Chance): Promise<Purchase> {
  const shopper = createShopper(url);
  const complaints: string[] = [];
  const late = performance.now() + PATIENCE_MS;
  const patient = () => performance.now() < late;

  const cart = new Map<string, number>();
  for (let count = chance.between(1, 2); count > 0; count -= 1)
    await put(shopper, chance.pick(products), cart, patient);
  let form = await formOf(shopper, cart, complaints, patient);
  const lines = new Map(cart);
  let sent = 0;
  let end: Purchase["end"] = "unknown";
  while (form && end === "unknown" && patient()) {
    const own = form;
    // Some are impatient: they press the button twice.
    const presses = chance.between(1, 8) === 1 ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: presses }, () => send(shopper, own)));
    sent += presses;
    const receipts = new Map(
      answers.map(({ text }) => receiptIn(text)).flatMap((found) => (found ? [[found.orderId, found]] : [])),
    );
    if (receipts.size > 1) complaints.push(`one form became ${receipts.size} orders`);
    const [receipt] = receipts.values();
    const last = answers.at(-1) as Answer;
    if (receipt) end = receipt;
    else if (answers.some(({ text }) => /given back/.test(text))) end = "refused";
    else if (last.status === 409) form = orderForm(last.text);
    else if (last.status === 503 || last.status === 0) {
      await sleep(chance.between(AGAIN_MS / 2, 2 * AGAIN_MS));
      // The page that failed leads back to the cart, whose form is for the same order.
      if (shopper.cookie("shop_order-key") === own.idempotency_key && chance.between(1, 2) === 1) {
        const again = await formOf(shopper, undefined, complaints, patient);
        if (again?.idempotency_key && again.idempotency_key !== own.idempotency_key)
          complaints.push("the key was not kept");
        form = again ?? own;
      }
    } else {
      complaints.push(`an order was answered with ${last.status}`);
      break;
    }
  }
  const later = new Map<string, number>();
  if (typeof end === "object" && form) {
    if (chance.between(1, 3) === 1) {
      const product = chance.pick(products);
      // What was ordered may be in the cart for a while yet, and would be taken for what is put there now.
      while (lines.has(product) && patient() && (await linesOf(shopper, patient))?.has(product)) await sleep(AGAIN_MS);
      await put(shopper, product, later, patient);
    }
    const again = receiptIn((await send(shopper, form)).text);
    if (again && again.orderId !== end.orderId) complaints.push("a reload became another order");
  }
  return { userId: shopper.cookie("shop_session-id") ?? "", cart: lines, later, end, sent, complaints };
}

const send = (shopper: Shopper, form: Record<string, string>): Promise<Answer> =>
  ask(() => shopper.post("/cart/checkout", form));

/** Puts one of a product into the cart, for certain: after a failure the cart itself says whether it is there. */
async function put(
  shopper: Shopper,
  product: string,
  cart: Map<string, number>,
  patient: () => boolean,
): Promise<void> {
  const before = cart.get(product) ?? 0;
  while (patient()) {
    const { status } = await ask(() => shopper.post("/cart", { product_id: product, quantity: "1" }));
    const there = status === 302 || ((await linesOf(shopper, patient))?.get(product) ?? 0) > before;
    if (there) return void cart.set(product, before + 1);
    await sleep(AGAIN_MS);
  }
}

async function cartPage(shopper: Shopper, patient: () => boolean): Promise<string | undefined> {
  while (patient()) {
    const { status, text } = await ask(() => shopper.get("/cart"));
    if (status === 200) return text;
    await sleep(AGAIN_MS);
  }
  return undefined;
}

const linesOf = async (shopper: Shopper, patient: () => boolean) => {
  const page = await cartPage(shopper, patient);
  return page === undefined ? undefined : linesIn(page);
};

/** The form of the cart's page, once it can be sent; `expected` is what must be in the cart. Undefined for an empty one. */
async function formOf(
  shopper: Shopper,
  expected: ReadonlyMap<string, number> | undefined,
  complaints: string[],
  patient: () => boolean,
): Promise<Record<string, string> | undefined> {
  for (;;) {
    const page = await cartPage(shopper, patient);
    if (page === undefined) return undefined;
    const lines = linesIn(page);
    if (expected && !isSame(lines, expected)) {
      complaints.push(`a cart changed by itself: ${shown(lines)} instead of ${shown(expected)}`);
      return undefined;
    }
    if (lines.size === 0) return undefined;
    const form = orderForm(page);
    // Without a quote there is no button.
    if (form.idempotency_key) return form;
    await sleep(AGAIN_MS);
  }
}

/** Whether two carts hold the same. */
export const isSame = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean =>
  one.size === other.size && [...one].every(([product, quantity]) => other.get(product) === quantity);

/** A cart in words. */
export const shown = (lines: ReadonlyMap<string, number>): string =>
  [...lines].map(([product, quantity]) => `${quantity} ${product}`).join(" and ") || "nothing";

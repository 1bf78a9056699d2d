import type { MessageInit } from "@boutique/contract/proto";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { createPayment, type PaymentOptions } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";

export const visa = "4432801561520454";
export const amount = { currencyCode: "EUR", units: "12", nanos: 340_000_000 };

/** A card that is taken, except for what a test changes. */
export const card = (change: MessageInit<"CreditCardInfo"> = {}): MessageInit<"CreditCardInfo"> => ({
  creditCardNumber: visa,
  creditCardCvv: 672,
  creditCardExpirationYear: 2032,
  creditCardExpirationMonth: 1,
  ...change,
});

/** A payment service on a fixed day, and what it says of its business. */
export async function open(options: PaymentOptions = {}) {
  const recorded = recordBusiness();
  const now = () => new Date("2031-05-15T12:00:00Z");
  const payment = await overTheWire("payment", createPayment(createSignals(recorded.business), { now, ...options }));
  return { ...recorded, payment };
}

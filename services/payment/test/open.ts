import type { MessageInit } from "@boutique/contract/proto";
import { createMemoryRecords } from "@boutique/store/memory-records";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import type { Charge, PaymentStore, Refund } from "../src/charges.ts";
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

/** A store in memory, of at most so many charges. */
export const inMemory = (most?: number): PaymentStore => ({
  charges: createMemoryRecords<Charge>(most === undefined ? {} : { most }),
  refunds: createMemoryRecords<Refund>(),
});

/** A payment service on a fixed day, and what it says of its business. */
export async function open({ store = inMemory(), ...options }: PaymentOptions & { store?: PaymentStore } = {}) {
  const recorded = recordBusiness();
  const now = () => new Date("2031-05-15T12:00:00Z");
  const handlers = createPayment(createSignals(recorded.business), store, { now, ...options });
  return { ...recorded, payment: await overTheWire("payment", handlers) };
}

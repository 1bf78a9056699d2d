import { createHash } from "node:crypto";
import type { Money } from "@boutique/money/money";
import type { Read, Records } from "@boutique/store/records";

/** A charge that was made. The id of its refund is chosen with it, so that there can be but one. */
export interface Charge extends Money {
  readonly refundId: string;
}

/** A refund that was given, and the key that it was asked for by, if any. */
export interface Refund {
  readonly key: string;
}

/** What payment remembers: charges by transaction id, refunds by their own. */
export interface PaymentStore {
  readonly charges: Records<Charge>;
  readonly refunds: Records<Refund>;
}

/**
 * The transaction id of the charge that a key asks for: a UUID, and the same at each asking. So a charge is one record, to be
 * found by its key and by its id.
 */
export const transactionIdBy = (key: string): string =>
  createHash("sha256")
    .update(key)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-8$4-$5");

/** Reads a charge that was kept. */
export const readCharge: Read<Charge> = (value) => {
  const { currencyCode, units, nanos, refundId } = fieldsOf(value);
  if (typeof currencyCode !== "string" || typeof units !== "string" || typeof refundId !== "string") return undefined;
  if (!/^\d{1,19}$/.test(units) || !Number.isInteger(nanos)) return undefined;
  return { currencyCode, units, nanos: Number(nanos), refundId };
};

/** Reads a refund that was kept. */
export const readRefund: Read<Refund> = (value) => {
  const { key } = fieldsOf(value);
  return typeof key === "string" ? { key } : undefined;
};

const fieldsOf = (value: unknown): Partial<Record<string, unknown>> => Object(value);

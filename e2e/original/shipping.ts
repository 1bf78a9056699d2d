import { type Answers, fail, panic } from "./wire.ts";

/** What a test can do to the original's shipping service. */
export interface Parcels {
  /** The status that ShipOrder fails with; undefined while it does not. */
  lost?: number | undefined;
}

const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 25));
const digits = (count: number) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join("");

/** The original's shipping service: one fee for anything but nothing, and no end of it without an address. */
export const createShipping = (parcels: Parcels = {}): Answers<"shipping"> => ({
  getQuote: ({ items }) => {
    const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const fee = count === 0 ? { units: "0", nanos: 0 } : { units: "8", nanos: 990_000_000 };
    return { costUsd: { currencyCode: "USD", ...fee } };
  },

  shipOrder: ({ address }) => {
    if (parcels.lost !== undefined) fail(parcels.lost, "no parcel today");
    if (!address) return panic("nil dereference");
    const salt = Buffer.byteLength(`${address.streetAddress}, ${address.city}, ${address.state}`);
    const trackingId = `${letter()}${letter()}-${salt}${digits(3)}-${Math.trunc(salt / 2)}${digits(7)}`;
    return { trackingId };
  },
});

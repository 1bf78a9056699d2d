import { type Opener, openRecords } from "@boutique/store/open";
import { redisAddress } from "@boutique/store/redis-address";
import { readCharge, readRefund } from "./charges.ts";

/** What payment can be told of its store. */
export const storeSettings = {
  REDIS_ADDR: redisAddress("The Redis that keeps charges and refunds by their keys; without one this process does."),
};

/** The store that the settings ask for, and what of it can be away. */
export async function openStore(app: Opener) {
  const { records, dependencies } = await openRecords(app, { store: "the payment store", things: "charges" });
  const charges = records("payment:charge", readCharge);
  const refunds = records("payment:refund", readRefund);
  return { store: { charges, refunds }, dependencies };
}

import { type Opener, openRecords } from "@boutique/store/open";
import type { Read } from "@boutique/store/records";
import { redisAddress } from "@boutique/store/redis-address";

/** What shipping can be told of its store. */
export const storeSettings = {
  REDIS_ADDR: redisAddress("The Redis that keeps parcels by their keys; without one this process does."),
};

/** Reads the name of a parcel that was kept; of where it goes nothing is. */
export const readParcel: Read<string> = (value) => (typeof value === "string" && value !== "" ? value : undefined);

/** The store that the settings ask for, and what of it can be away. */
export async function openStore(app: Opener) {
  const { records, dependencies } = await openRecords(app, { store: "the shipping store", things: "parcels" });
  return { parcels: records("shipping:parcel", readParcel), dependencies };
}

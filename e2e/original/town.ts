import { type Name, names, type ServiceName, topology } from "@boutique/contract/topology";
import { createAd } from "./ad.ts";
import { type CartStorage, createCart } from "./cart.ts";
import { createCatalog } from "./catalog.ts";
import { createCheckout } from "./checkout.ts";
import { createCurrency } from "./currency.ts";
import { openDoor } from "./door.ts";
import { createEmail } from "./email.ts";
import { type OurService, startOurs } from "./ours.ts";
import { createPayment } from "./payment.ts";
import { createRecommendation } from "./recommendation.ts";
import { createShipping, type Parcels } from "./shipping.ts";
import { call, serve } from "./wire.ts";

/** Everyone but the storefront: those of whom there are two. */
export const backends = names.filter((name): name is ServiceName => name !== "frontend");

/**
 * A shop in which ours and the original's stand-ins live side by side. Whoever calls a service, ours or theirs, finds it
 * behind a door, and behind the door is the one or the other.
 */
export async function openTown() {
  const doors = await forEach(backends, openDoor);
  const storage: CartStorage = { away: 0 };
  const parcels: Parcels = {};
  const warnings: string[] = [];

  const peer = <N extends ServiceName>(name: N) => call(name, doors[name].address);
  const peers = {
    cart: peer("cart"),
    catalog: peer("catalog"),
    currency: peer("currency"),
    email: peer("email"),
    payment: peer("payment"),
    shipping: peer("shipping"),
  };
  const answers: Record<ServiceName, object> = {
    ad: createAd(),
    cart: createCart(storage),
    catalog: createCatalog(),
    checkout: createCheckout(peers, (words) => warnings.push(`checkout: ${words}`)),
    currency: createCurrency(),
    email: createEmail(),
    payment: createPayment(),
    recommendation: createRecommendation(peers.catalog),
    shipping: createShipping(parcels),
  };
  const theirs = await forEach(backends, (name) => serve(name, answers[name]));

  const addresses = Object.fromEntries(backends.map((name) => [topology[name].address, doors[name].address]));
  const ours: Record<Name, OurService> = await forEach(names, (name) => startOurs(name, addresses));

  const complaints = () => [
    ...warnings.splice(0),
    ...backends.flatMap((name) => theirs[name].crashes.splice(0)),
    ...names.flatMap((name) => ours[name].complaints.splice(0)),
  ];

  return {
    /** Our storefront. */
    url: `http://127.0.0.1:${ours.frontend.port}`,
    /** Where a service is, whoever it is now. */
    addressOf: (name: ServiceName) => doors[name].address,
    storage,
    parcels,

    /** Puts the original's stand-ins in the place of some of ours, and ours in all the others. */
    async replace(replaced: readonly ServiceName[]) {
      for (const name of backends) {
        await doors[name].leadTo(replaced.includes(name) ? theirs[name].port : ours[name].port);
        theirs[name].asked.length = 0;
      }
      complaints();
    },

    /** The stand-ins that were called since the last replacement. */
    asked: () => backends.filter((name) => theirs[name].asked.length > 0),

    /** What went wrong without the shopper's seeing it, since the last replacement. */
    complaints,

    async close() {
      await Promise.all(names.map((name) => ours[name].end()));
      for (const { close } of Object.values(peers)) close();
      for (const name of backends) {
        theirs[name].close();
        doors[name].close();
      }
    },
  };
}

export type Town = Awaited<ReturnType<typeof openTown>>;

async function forEach<N extends string, T>(names: readonly N[], make: (name: N) => Promise<T>): Promise<Record<N, T>> {
  const made = await Promise.all(names.map(async (name) => [name, await make(name)] as const));
  return Object.fromEntries(made) as Record<N, T>;
}

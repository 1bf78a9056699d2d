import type { Business } from "@boutique/telemetry/business";
import type { createEvents } from "./events.ts";
import { idOf, type Order } from "./order.ts";

/** What checkout says of orders that did not go straight to their end. */
export function createRecoverySignals(business: Business, events: ReturnType<typeof createEvents>) {
  const repeats = business.tally("orders_repeated_total", "Orders that were asked for again by the same key.");
  const recoveries = business.tally(
    "orders_recovered_total",
    "Orders that were left half done and taken up again, by where they stood and what came of it.",
    ["step", "outcome"],
  );
  return {
    repeated: (): void => repeats.add(),
    /** Somebody took up an order that was left half done; a parked one was given up, and needs somebody to look at it. */
    recovered(order: Order, outcome: "finished" | "undone" | "parked"): void {
      const { bill, step, tries } = order;
      recoveries.add([step, outcome]);
      events.recovered({ order_id: idOf(order), user_id: bill.userId, step, outcome, tries });
    },
  };
}

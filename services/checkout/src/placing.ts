import type { Message } from "@boutique/contract/proto";
import { committed } from "@boutique/rpc/context";
import { RpcError } from "@boutique/rpc/error";
import { beforeTheCharge } from "./failure.ts";
import { follow } from "./follow.ts";
import type { Journal } from "./journal.ts";
import { answerOf, opened } from "./order.ts";
import type { orderIdOf } from "./order-id.ts";
import type { createPreparation } from "./preparation.ts";
import type { createSettlement, Surroundings } from "./settlement.ts";
import type { createTidying } from "./tidying.ts";

/** How soon others take up what could not be finished here, in milliseconds. */
const HANDOVER_MS = 500;

/** So often one request begins its order, where that of somebody else by the same key came to nothing. */
const MOST_TIMES = 5;

/** What placing an order is made of. */
interface Parts {
  readonly prepare: ReturnType<typeof createPreparation>;
  readonly settle: ReturnType<typeof createSettlement>;
  readonly tidy: ReturnType<typeof createTidying>;
  readonly idFor: typeof orderIdOf;
}

/** Places an order, or has the answer to the one that somebody else places by the same key. */
export function createPlacing(
  journal: Journal,
  { signals, newKey, between }: Omit<Surroundings, "log">,
  { prepare, settle, tidy, idFor }: Parts,
) {
  type Request = Message<"PlaceOrderRequest">;

  /** Undefined where it came to nothing in the hands of somebody else, whose card may have been another one. */
  const place = async (request: Request, orderId: string, isFirst: boolean) => {
    const { expectedTotal } = request;
    const followOther = () => {
      if (isFirst) signals.repeated();
      return follow(journal, orderId, expectedTotal);
    };
    const bill = await prepare(request, orderId);
    if (!bill) return followOther();
    const holder = newKey();
    const order = opened(bill, Date.now(), newKey());
    if (!(await journal.write(order, holder).catch(beforeTheCharge))) return followOther();
    signals.priced(bill);
    await between("opened", orderId);
    // From here on money moves: the order is settled even if the shopper has gone.
    const settled = await committed(() => settle(order, holder, bill.creditCard));
    if ("nothing" in settled) throw settled.nothing;
    if ("unfinished" in settled) {
      if (settled.unfinished !== false) await journal.write(settled.left, holder, HANDOVER_MS).catch(() => {});
      if (settled.told) throw settled.told;
      return follow(journal, orderId, expectedTotal);
    }
    if (settled.certain.step === "confirmed") await tidy.soon(settled.certain, holder);
    return answerOf(settled.certain) ?? {};
  };

  return async (request: Request) => {
    const orderId = idFor(request.userId, request.idempotencyKey || newKey());
    for (let time = 1; time <= MOST_TIMES; time += 1) {
      const answer = await place(request, orderId, time === 1);
      if (answer) return answer;
    }
    throw new RpcError("UNAVAILABLE", "nothing was charged: the order was broken off");
  };
}

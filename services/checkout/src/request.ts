import type { Message } from "@boutique/contract/proto";
import { toNanos } from "@boutique/money/money";
import { RpcError } from "@boutique/rpc/error";
import { checkOptionalKey } from "@boutique/store/key";

type Request = Message<"PlaceOrderRequest">;

/** A request with all that an order needs. */
export type OrderRequest = Request & {
  readonly address: Message<"Address">;
  readonly creditCard: Message<"CreditCardInfo">;
};

/** Characters: of what names a shopper or an order. */
const LONGEST = 128;

/** Refuses a name that is missing or longer than any can be. */
export function checkName(field: "user_id" | "order_id", name: string): void {
  if (!name) throw new RpcError("INVALID_ARGUMENT", `${field} is missing`);
  if (name.length <= LONGEST) return;
  throw new RpcError("INVALID_ARGUMENT", `${field} has ${name.length} characters: at most ${LONGEST}`);
}

/** Refuses a request that could not become an order, before anything is asked of anybody. */
export function checkRequest(request: Request): OrderRequest {
  const { userId, userCurrency, address, creditCard, email, idempotencyKey, expectedTotal } = request;
  checkName("user_id", userId);
  checkOptionalKey(idempotencyKey);
  if (expectedTotal) toNanos(expectedTotal, "expected_total");
  if (!/^[A-Z]{3}$/.test(userCurrency)) {
    throw new RpcError("INVALID_ARGUMENT", "user_currency must be a currency code such as EUR");
  }
  if (!address) throw new RpcError("INVALID_ARGUMENT", "address is missing");
  if (!creditCard) throw new RpcError("INVALID_ARGUMENT", "credit_card is missing");
  if (!email) throw new RpcError("INVALID_ARGUMENT", "email is missing");
  return { ...request, address, creditCard };
}

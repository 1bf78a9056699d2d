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

/** Characters: of what names a shopper. */
const LONGEST = 128;

/** Refuses a request that could not become an order, before anything is asked of anybody. */
export function checkRequest(request: Request): OrderRequest {
  const { userId, userCurrency, address, creditCard, email, idempotencyKey, expectedTotal } = request;
  if (!userId) throw new RpcError("INVALID_ARGUMENT", "user_id is missing");
  if (userId.length > LONGEST) {
    throw new RpcError("INVALID_ARGUMENT", `user_id has ${userId.length} characters: at most ${LONGEST}`);
  }
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

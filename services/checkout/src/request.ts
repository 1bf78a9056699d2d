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

/** Characters, at most: of what names a shopper or an order, and of what the storefront's form asks for, as it does. */
const longest = {
  user_id: 128,
  order_id: 128,
  email: 254,
  "address.street_address": 512,
  "address.city": 128,
  "address.state": 128,
  "address.country": 128,
};

/** Refuses what would be kept with the order, and is longer than any can be. */
function checkLength(field: keyof typeof longest, { length }: string): void {
  if (length <= longest[field]) return;
  throw new RpcError("INVALID_ARGUMENT", `${field} has ${length} characters: at most ${longest[field]}`);
}

/** Refuses a name that is missing or longer than any can be. */
export function checkName(field: "user_id" | "order_id", name: string): void {
  if (!name) throw new RpcError("INVALID_ARGUMENT", `${field} is missing`);
  checkLength(field, name);
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
  checkLength("email", email);
  checkLength("address.street_address", address.streetAddress);
  checkLength("address.city", address.city);
  checkLength("address.state", address.state);
  checkLength("address.country", address.country);
  return { ...request, address, creditCard };
}

import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";

type Request = Message<"PlaceOrderRequest">;

/** A request with all that an order needs. */
export type OrderRequest = Request & {
  readonly address: Message<"Address">;
  readonly creditCard: Message<"CreditCardInfo">;
};

/** Refuses a request that could not become an order, before anything is asked of anybody. */
export function checkRequest(request: Request): OrderRequest {
  const { userId, userCurrency, address, creditCard, email } = request;
  if (!userId) throw new RpcError("INVALID_ARGUMENT", "user_id is missing");
  if (!/^[A-Z]{3}$/.test(userCurrency)) {
    throw new RpcError("INVALID_ARGUMENT", "user_currency must be a currency code such as EUR");
  }
  if (!address) throw new RpcError("INVALID_ARGUMENT", "address is missing");
  if (!creditCard) throw new RpcError("INVALID_ARGUMENT", "credit_card is missing");
  if (!email) throw new RpcError("INVALID_ARGUMENT", "email is missing");
  return { ...request, address, creditCard };
}

import { isEmailAddress } from "@boutique/contract/email-address";
import { RpcError } from "@boutique/rpc/error";

/** The domain of an e-mail address; INVALID_ARGUMENT, without repeating it, for what cannot be one. */
export function domainOf(email: string): string {
  if (email === "") throw new RpcError("INVALID_ARGUMENT", "email is missing");
  if (!isEmailAddress(email)) {
    throw new RpcError("INVALID_ARGUMENT", "email is not an address such as name@example.com");
  }
  return email.slice(email.indexOf("@") + 1).toLowerCase();
}

import { RpcError } from "@boutique/rpc/error";

const LONGEST = 254;

// Stricter than the standard, which allows quoted oddities that mail programs understand differently: no blanks, no
// control characters, none that separate or enclose addresses in a header.
const form = /^[^\s\p{C}@<>()[\],;:"\\]{1,64}@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,})$/u;

/** The domain of an e-mail address; INVALID_ARGUMENT, without repeating it, for what cannot be one. */
export function domainOf(email: string): string {
  if (email === "") throw new RpcError("INVALID_ARGUMENT", "email is missing");
  if (email.length > LONGEST) throw new RpcError("INVALID_ARGUMENT", `email is longer than ${LONGEST} characters`);
  const domain = form.exec(email)?.[1];
  if (!domain) throw new RpcError("INVALID_ARGUMENT", "email is not an address such as name@example.com");
  return domain.toLowerCase();
}

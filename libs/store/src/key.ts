import { RpcError } from "@boutique/rpc/error";

/** Checks the key that something is to be done once by: INVALID_ARGUMENT unless it is an id, of whatever form. */
export function checkKey(key: string): void {
  if (key === "") throw new RpcError("INVALID_ARGUMENT", "idempotency_key: is missing");
  checkOptionalKey(key);
}

/** Checks a key that may be missing. */
export function checkOptionalKey(key: string): void {
  if (!/^[\w.:-]{0,128}$/.test(key)) {
    throw new RpcError("INVALID_ARGUMENT", "idempotency_key: must be at most 128 letters, digits, or any of _.:-");
  }
  // It would stand in the store, and perhaps in a log.
  if (/^(\d[.:_-]?){12,19}$/.test(key)) {
    throw new RpcError("INVALID_ARGUMENT", "idempotency_key: must not look like the number of a card");
  }
}

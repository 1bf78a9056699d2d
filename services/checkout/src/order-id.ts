import { createHash } from "node:crypto";

/** The id of the order that a shopper asks for by a key: a UUID (version 8) that only they can ask for, always the same. */
export function orderIdOf(userId: string, key: string): string {
  const bytes = createHash("sha256").update(`${userId}\0${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

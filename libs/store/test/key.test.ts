import { expect, it } from "vitest";
import { checkKey, checkOptionalKey } from "../src/key.ts";

it.each(["b1946ac9-2af3-4d1b-8cbe-aabbccddeeff", "order-1", "a:b.c_d", "k".repeat(128)])("takes %s", (key) => {
  expect(() => checkKey(key)).not.toThrow();
});

it.each(["k".repeat(129), "an order", "ann@example.com", "a\n", "a\u200b", "ordër", "a/b"])("refuses %j", (key) => {
  for (const check of [checkKey, checkOptionalKey]) {
    expect(() => check(key)).toThrow(
      "INVALID_ARGUMENT: idempotency_key: must be at most 128 letters, digits, or any of _.:-",
    );
  }
});

it("refuses a key that is missing where there must be one", () => {
  expect(() => checkKey("")).toThrow("INVALID_ARGUMENT: idempotency_key: is missing");
  expect(() => checkOptionalKey("")).not.toThrow();
});

it.each(["4432801561520454", "4432-8015-6152-0454", "4432_8015_6152_0454"])(
  "refuses %s, which may be a card",
  (key) => {
    expect(() => checkKey(key)).toThrow("INVALID_ARGUMENT: idempotency_key: must not look like the number of a card");
  },
);

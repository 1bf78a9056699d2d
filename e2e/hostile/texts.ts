import fc from "fast-check";

/** A property's runs, always the same unless told: what fails says how to have it again. */
export const runs = (numRuns: number) => ({ numRuns, seed: Number(process.env.HOSTILE_SEED ?? 20_260_101) });

/** Texts that have broken shops before. */
const notorious = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud83d",
  "\udc00\ud800",
  "👩‍👩‍👧‍👦",
  "\u202egnp.exe",
  "\ufeff",
  "ﷺ",
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
  "\r\nSet-Cookie: a=b",
  "'; DROP TABLE carts; --",
  "<script>alert(1)</script>",
  "{{constructor}}",
  "#{7*7}",
  "%00",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "NaN",
  "-Infinity",
  "1e309",
  "0x10",
  "-0",
  "1,000",
  "١٢٣",
  "null",
  "undefined",
  "true",
  "[object Object]",
  "9".repeat(400),
  "x".repeat(4_000),
  "😀".repeat(1_000),
  "a ".repeat(2_000),
] as const;

/** Texts that are right somewhere in the shop, and so lead further in. */
const familiar = [
  "OLJCESPC7Z",
  "66VCHSJNUP",
  "USD",
  "EUR",
  "XXX",
  "usd",
  "ada",
  "ada@example.com",
  "4432801561520454",
  "4432-8015-6152-0454",
  "378282246310005",
  "f47ac10b-58cc-4372-a567-0e02b2c3d479",
  "clothing",
] as const;

/** Any text, of strangers who mean it well or ill. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...familiar) },
  { weight: 3, arbitrary: fc.constantFrom(...notorious) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uint16Array({ maxLength: 30 }).map((units) => String.fromCharCode(...units)) },
);

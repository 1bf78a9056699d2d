const LONGEST = 60;
// What Intl knows besides countries: unions, the unknown, and codes for tests.
const noCountries = ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"];
// What people write, and Intl does not.
const alsoCalled = {
  US: ["usa", "united states of america", "america"],
  GB: ["great britain", "england", "scotland", "wales"],
  NL: ["holland"],
  CZ: ["czech republic"],
  TR: ["turkey"],
  KR: ["republic of korea", "korea"],
  CI: ["ivory coast"],
};

/**
 * The country that an address names in English or by its two letters, as its code; "other" for a text that names none,
 * "none" where there is no address or no text. Never the text itself.
 */
export function regionOf(address: { readonly country: string } | null): string {
  const country = address?.country.trim() ?? "";
  if (country === "") return "none";
  if (country.length > LONGEST) return "other";
  names ??= readNames();
  return names.get(plain(country)) ?? "other";
}

/** Codes by plain names. Made when the first is asked for, since it takes 15 ms. */
let names: ReadonlyMap<string, string> | undefined;

function readNames(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const usual = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const short = new Intl.DisplayNames("en", { type: "region", fallback: "none", style: "short" });
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  for (const written of letters.flatMap((one) => letters.map((other) => one + other))) {
    const name = usual.of(written);
    // Codes that were given up lead to today's: UK to GB.
    const code = new Intl.Locale(`und-${written}`).region ?? written;
    if (!name || noCountries.includes(code)) continue;
    const known = [written, name, name.replace(/ \(.*\)/, ""), short.of(written) ?? name];
    for (const way of known) codes.set(plain(way), code);
  }
  for (const [code, others] of Object.entries(alsoCalled)) for (const name of others) codes.set(name, code);
  return codes;
}

/** A name without what people write in one way or another: capitals, accents, dots, "the", "&". */
const plain = (name: string) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/\bsaint\b/g, "st")
    .replace(/[^\p{L}\s-]/gu, "")
    .replace(/[\s-]+/g, " ")
    .trim()
    .replace(/^the /, "");

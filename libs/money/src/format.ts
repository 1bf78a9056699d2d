import { decimalOf } from "./decimal.ts";
import type { Money } from "./money.ts";

// Cents that are not there are never shown, and nothing is "-$0.00".
const exactly = { roundingMode: "trunc", signDisplay: "negative" } as const;

const plain = new Intl.NumberFormat("en", { ...exactly, minimumFractionDigits: 2, maximumFractionDigits: 2 });
const known = new Set(Intl.supportedValuesOf("currency"));
const formats = new Map<string, Intl.NumberFormat>();
const symbols = new Map<string, string>();

/**
 * An amount for people, such as "$19.99", "CA$26.74" or "¥2,235": cut, never rounded, to the minor digits of its
 * currency, exact at any size. A code that is no currency's follows the number ("12.34 XXX").
 */
export function formatMoney(money: Money): string {
  const code = money.currencyCode;
  // Intl reads decimal strings without loss, which it could not say of numbers.
  const amount = decimalOf(money) as Intl.StringNumericLiteral;
  return known.has(code) ? formatOf(code).format(amount) : `${plain.format(amount)} ${code}`.trimEnd();
}

function formatOf(code: string): Intl.NumberFormat {
  const format = formats.get(code) ?? withSign(code);
  formats.set(code, format);
  return format;
}

// English knows "$", "CA$" and "€" from each other, but writes "TRY" where "₺" says as much. The short sign is taken
// only where it stands for one currency: dollars, pounds and yen share theirs, letters ("kr", "R") say too little.
function withSign(code: string): Intl.NumberFormat {
  const styled = { ...exactly, style: "currency", currency: code } as const;
  const usual = new Intl.NumberFormat("en", styled);
  const short = new Intl.NumberFormat("en", { ...styled, currencyDisplay: "narrowSymbol" });
  return signOf(usual) === code && /^[^\p{L}$£¥]+$/u.test(signOf(short)) ? short : usual;
}

const signOf = (format: Intl.NumberFormat): string =>
  format.formatToParts(0).find(({ type }) => type === "currency")?.value ?? "";

/** The sign that stands for a currency, such as "€" or "CA$"; its code where it has none. */
export function symbolOf(code: string): string {
  if (!known.has(code)) return code;
  const symbol = symbols.get(code) ?? signOf(formatOf(code));
  symbols.set(code, symbol);
  return symbol;
}

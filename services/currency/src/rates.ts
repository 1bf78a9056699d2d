/** How many units of a currency are worth one of the base: an exact fraction, as no float is. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What currencies were worth on one day, in the order of the file. */
export interface Rates {
  readonly date: string;
  readonly base: string;
  readonly byCode: ReadonlyMap<string, Rate>;
}

/**
 * Makes rates of what a rates file says. The rates are a list, not an object: their order is the order in which
 * currencies are offered, and JSON would hide a code that is written twice. Throws an Error that names the entry.
 */
export function checkRates(json: unknown): Rates {
  const { date, base, rates } = Object(json) as Record<string, unknown>;
  if (typeof date !== "string" || !isDay(date)) throw new Error(`date is ${show(date)}: not a day such as 2019-03-06`);
  if (!Array.isArray(rates)) throw new Error(`rates is ${show(rates)}: not a list`);
  const byCode = new Map<string, Rate>();
  for (const [index, entry] of rates.entries()) {
    const { code, rate } = Object(entry) as Record<string, unknown>;
    if (typeof code !== "string" || !/^[A-Z]{3}$/.test(code)) {
      throw new Error(`rates[${index}].code is ${show(code)}: not three capital letters`);
    }
    if (byCode.has(code)) throw new Error(`rates[${index}].code is ${code}: listed before`);
    const fraction = parseRate(rate);
    if (!fraction)
      throw new Error(`rates[${index}].rate of ${code} is ${show(rate)}: not a text such as "1.25", above 0`);
    byCode.set(code, fraction);
  }
  const own = typeof base === "string" ? byCode.get(base) : undefined;
  if (typeof base !== "string" || !own) throw new Error(`base is ${show(base)}: not one of the rates`);
  if (own.numerator !== own.denominator) throw new Error(`rates: ${base} is the base, so its rate must be 1`);
  return { date, base, byCode };
}

/** "1.25" is 125/100. */
function parseRate(text: unknown): Rate | undefined {
  const [, whole, decimals = ""] = (typeof text === "string" && /^(\d+)(?:\.(\d+))?$/.exec(text)) || [];
  if (whole === undefined) return undefined;
  const numerator = BigInt(whole + decimals);
  return numerator > 0n ? { numerator, denominator: 10n ** BigInt(decimals.length) } : undefined;
}

function isDay(text: string): boolean {
  const day = new Date(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const show = (value: unknown) => (value === undefined ? "missing" : JSON.stringify(value).slice(0, 40));

/** An object as it came from JSON, its keys known to be good ones and its values not looked at yet. */
export type Entry = Readonly<Record<string, unknown>>;

/**
 * An object with none but these keys, which are written in lowerCamel; snake_case is taken as well, as it is by all who
 * read protobuf's JSON. This and the others below throw an Error that begins with `where` the value stands.
 */
export function entry(json: unknown, where: string, keys: readonly string[]): Entry {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new Error(`${where} is ${show(json)}: must be an object`);
  }
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!keys.includes(name)) throw new Error(`${where} has ${show(key)}: the keys are ${keys.join(", ")}`);
    if (name in found) throw new Error(`${where}.${name} is written twice`);
    found[name] = value;
  }
  return found;
}

/** A list, of which `check` makes what it makes of each element. */
export function list<T>(json: unknown, where: string, check: (json: unknown, where: string) => T): T[] {
  if (!Array.isArray(json)) throw new Error(`${where} is ${show(json)}: must be a list`);
  return json.map((element, index) => check(element, `${where}[${index}]`));
}

/** A text of a form, which `meaning` puts in words. */
export function text(json: unknown, where: string, form: RegExp, meaning: string): string {
  if (typeof json === "string" && form.test(json)) return json;
  throw new Error(`${where} is ${show(json)}: must be ${meaning}`);
}

/** A whole number, in digits or, as protobuf writes int64, in a text of digits; 0 when it is left out. */
export function whole(json: unknown, where: string, most: bigint): bigint {
  const digits = typeof json === "string" || Number.isSafeInteger(json) ? String(json) : json === undefined ? "0" : "";
  if (/^\d{1,19}$/.test(digits) && BigInt(digits) <= most) return BigInt(digits);
  throw new Error(`${where} is ${show(json)}: must be a whole number from 0 to ${most}`);
}

const show = (json: unknown) => (json === undefined ? "missing" : JSON.stringify(json).slice(0, 60));

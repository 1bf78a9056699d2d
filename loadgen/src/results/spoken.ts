// Figures as people read them: three digits that count, a unit, and a space that does not break.

const SPACE = "\u00a0";

/** A number to so many significant digits, its thousands apart: "93 720", "524", "0.25". */
export function count(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "–";
  const size = Math.abs(value);
  const whole = size >= 10 ** (digits - 1) || Number.isInteger(value);
  const text = whole ? size.toFixed(0) : String(Number(size.toPrecision(digits)));
  const [integer = "", fraction] = text.split(".");
  const apart = integer.replace(/\B(?=(\d{3})+$)/g, SPACE);
  return `${value < 0 && Number(text) !== 0 ? "−" : ""}${apart}${fraction ? `.${fraction}` : ""}`;
}

/** A latency: "0.8 ms", "120 ms", "7.75 s". */
export const milliseconds = (value: number): string =>
  Math.abs(value) >= 1_000 ? `${count(value / 1_000)}${SPACE}s` : `${count(value)}${SPACE}ms`;

/** A share of 1 in percent; one that is not 0 never looks like 0, nor does one below 1 look like all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0001) return `<${SPACE}0.01${SPACE}%`;
  if (share > 0.9999 && share < 1) return `>${SPACE}99.99${SPACE}%`;
  const value = share * 100;
  return `${count(value, Math.abs(value) > 99 && value < 100 ? 4 : 3)}${SPACE}%`;
}

/** Requests per second. */
export const perSecond = (value: number): string => `${count(value)}${SPACE}req/s`;

/** A time: "45 s", "3 min 20 s", "4 h 5 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "until stopped";
  if (seconds < 10) return `${count(seconds, 2)}${SPACE}s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return `${hours}${SPACE}h${minutes > 0 ? ` ${minutes}${SPACE}min` : ""}`;
  if (minutes > 0) return `${minutes}${SPACE}min${rest > 0 ? ` ${rest}${SPACE}s` : ""}`;
  return `${rest}${SPACE}s`;
}

/** Bytes: "820 B", "9.4 KB", "1.2 MB". */
export function bytes(value: number): string {
  if (value < 1_000) return `${count(Math.round(value))}${SPACE}B`;
  return value < 1_000_000 ? `${count(value / 1_000)}${SPACE}KB` : `${count(value / 1_000_000)}${SPACE}MB`;
}

/** A change, with its sign: "+12", "−0.3". */
export const signed = (value: number, digits = 3): string => (value > 0 ? "+" : "") + count(value, digits);

/** Words in a row: "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** Reads the text of an option; throws an Error that names the option and says what would do. */
export type Reading<T> = (option: string, text: string) => T;

/** A whole number from `least` to `most`. */
export const whole =
  (least: number, most: number): Reading<number> =>
  (option, text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new Error(`${option} ${text}: a whole number from ${least} to ${most} is wanted`);
  };

/** A number above 0, such as users per second or milliseconds. */
export const positive: Reading<number> = (option, text) => {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0) return value;
  throw new Error(`${option} ${text}: a number above 0 is wanted`);
};

/** A share of the whole, 0 to 1, or as per cent: "0.01", "1%". */
export const ratio: Reading<number> = (option, text) => {
  const [, digits, percent] = /^(\d*\.?\d+)(%?)$/.exec(text) ?? [];
  const value = Number(digits) / (percent ? 100 : 1);
  if (digits !== undefined && value <= 1) return value;
  throw new Error(`${option} ${text}: a share from 0 to 1, or per cent such as 1%, is wanted`);
};

const SECONDS = { h: 3_600, m: 60, s: 1 };

/** A time as "90s", "3m", "1h30m" or, in seconds, "90"; seconds. */
export const duration: Reading<number> = (option, text) => {
  if (/^\d+$/.test(text)) return Number(text);
  const [whole, ...parts] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  const units = Object.values(SECONDS);
  if (whole) return parts.reduce((sum, part, place) => sum + Number(part ?? 0) * (units[place] ?? 0), 0);
  throw new Error(`${option} ${text}: a time such as 90s, 3m or 1h30m is wanted`);
};

/** Such a time, but not 0. */
export const lasting: Reading<number> = (option, text) => {
  const seconds = duration(option, text);
  if (seconds > 0) return seconds;
  throw new Error(`${option} ${text}: at least 1s is wanted`);
};

/** Two numbers of seconds, the least first: "1-10", or one for both. */
export const span: Reading<readonly [least: number, most: number]> = (option, text) => {
  const [, first, second = first] = /^(\d*\.?\d+)(?:-(\d*\.?\d+))?$/.exec(text) ?? [];
  const [least, most] = [Number(first), Number(second)];
  if (first !== undefined && least <= most) return [least, most];
  throw new Error(`${option} ${text}: seconds such as 1-10, the least first, are wanted`);
};

/** One of some words. */
export const oneOf =
  <W extends string>(words: readonly W[]): Reading<W> =>
  (option, text) => {
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    throw new Error(`${option} ${text}: there is ${words.join(", ")}`);
  };

/** The origin of a shop: "http://host:port", also from "host" and "host:port". A path is kept, for a shop below one. */
export const shopUrl: Reading<string> = (option, text) => {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  if (url?.hostname && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username) {
    return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  }
  throw new Error(`${option} ${text}: a URL such as http://127.0.0.1:8080 is wanted`);
};

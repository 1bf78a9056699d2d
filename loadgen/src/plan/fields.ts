/** Reads the value of a field of a JSON file; throws an Error that names the field and says what would do. */
export type Reads<T> = (field: string, value: unknown) => T;

/** The fields of an object by name, and how each is read. */
export type Fields = Readonly<Record<string, Reads<unknown>>>;

/** What was read: of fields that were not there, nothing. */
export type Read<F extends Fields> = { readonly [N in keyof F]?: ReturnType<F[N]> };

const MOST = 1_000_000;

/** Reads the fields of an object, none of which must be there. What will not do is left out and said, a line for each. */
export function readFields<F extends Fields>(fields: F, field: string, value: unknown, problems: string[]): Read<F> {
  const names = Object.keys(fields).join(", ");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(`${field || "all of it"}: an object is wanted, { ${names} }`);
    return {};
  }
  const entries = Object.entries(value).map(([name, part]) => () => {
    const within = field === "" ? name : `${field}.${name}`;
    const reads = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!reads) throw new Error(`${within}: there is no such field; there are ${names}`);
    return [name, reads(within, part)] as const;
  });
  return Object.fromEntries(readAll(entries, problems)) as Read<F>;
}

/** An object as the value of a field. */
export const object =
  <F extends Fields>(fields: F): Reads<Read<F>> =>
  (field, value) =>
    allWell((problems) => readFields(fields, field, value, problems));

/** A list of at least one. */
export const list =
  <T>(reads: Reads<T>): Reads<[T, ...T[]]> =>
  (field, value) => {
    if (!Array.isArray(value) || value.length === 0) throw new Error(`${field}: a list of at least one is wanted`);
    const parts = value.map((part, place) => () => reads(`${field}[${place}]`, part));
    return allWell((problems) => readAll(parts, problems)) as [T, ...T[]];
  };

/** What stands as text in a file, read as an option of the command line is. */
export const written =
  <T>(reads: (field: string, text: string) => T): Reads<T> =>
  (field, value) => {
    if (typeof value !== "string") throw new Error(`${field} ${JSON.stringify(value)}: it is to stand in quotes`);
    return reads(field, value);
  };

/** Some words. */
export const words = written((field, text) => {
  if (text.trim() === "") throw new Error(`${field}: some words are wanted`);
  return text;
});

/** A number from `least` to `most`, both included. */
export const number =
  (least = 0, most = MOST): Reads<number> =>
  (field, value) => {
    if (typeof value === "number" && value >= least && value <= most) return value;
    throw new Error(`${field} ${JSON.stringify(value)}: a number from ${least} to ${most} is wanted`);
  };

/** A whole number from `least` to `most`, both included. */
export const wholeNumber =
  (least = 0, most = MOST): Reads<number> =>
  (field, value) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`${field} ${JSON.stringify(value)}: a whole number from ${least} to ${most} is wanted`);
  };

/** Does all readings; what those that fail say is added to the problems, a line for each. */
function readAll<T>(readings: readonly (() => T)[], problems: string[]): T[] {
  return readings.flatMap((reading) => {
    try {
      return [reading()];
    } catch (error) {
      problems.push(...(error as Error).message.split("\n"));
      return [];
    }
  });
}

function allWell<T>(read: (problems: string[]) => T): T {
  const problems: string[] = [];
  const value = read(problems);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return value;
}

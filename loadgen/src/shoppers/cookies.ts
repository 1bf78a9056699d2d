/** The cookies of one shopper. The shop sets all of its own for every path, so that names suffice. */
export interface Cookies {
  get(name: string): string | undefined;
  /** Takes over what a Set-Cookie line says. */
  set(line: string): void;
  /** As the Cookie header has them; "" when there are none. */
  header(): string;
}

/** An empty jar. */
export function createCookies(): Cookies {
  const values = new Map<string, string>();
  let header = "";
  return {
    get: (name) => values.get(name),
    set(line) {
      const [, name = "", value = ""] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name === "") return;
      if (isOver(line)) values.delete(name);
      else values.set(name, value.trim());
      header = Array.from(values, ([name, value]) => `${name}=${value}`).join("; ");
    },
    header: () => header,
  };
}

/** A cookie is taken away by setting it with an end that is past. */
function isOver(line: string): boolean {
  const age = /;\s*max-age=\s*(-?\d+)/i.exec(line)?.[1];
  if (age !== undefined) return Number(age) <= 0;
  const end = /;\s*expires=([^;]+)/i.exec(line)?.[1];
  return end !== undefined && Date.parse(end) <= Date.now();
}

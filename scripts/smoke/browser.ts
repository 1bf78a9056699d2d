import { type Form, takes } from "./form.ts";
import { type Element, parsePage } from "./html.ts";

/** A page that was answered. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly root: Element;
}

/** A browser without scripts: keeps cookies, follows redirects, sends forms, and knows which page it stands on. */
export interface Browser {
  open(url: URL, signal: AbortSignal): Promise<Page>;
  send(from: Page, form: Form, values: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Page>;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
}

const MOST_REDIRECTS = 10;

/** Opens a browser that nobody has used before. */
export function openBrowser(): Browser {
  const jars = new Map<string, Map<string, Cookie>>();

  const jarOf = ({ hostname }: URL) => {
    const jar = jars.get(hostname) ?? new Map<string, Cookie>();
    jars.set(hostname, jar);
    return jar;
  };
  const cookiesFor = (url: URL) =>
    [...jarOf(url).values()]
      .filter(({ path }) => url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`))
      .filter(({ secure }) => !secure || url.protocol === "https:" || isLocal(url))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  const keep = (url: URL, line: string) => {
    const { gone, ...cookie } = readCookie(url, line);
    const key = `${cookie.name};${cookie.path}`;
    if (gone) jarOf(url).delete(key);
    else jarOf(url).set(key, cookie);
  };

  const ask = async (first: URL, init: RequestInit, referer?: URL): Promise<Page> => {
    let [url, request] = [first, init];
    for (let turn = 0; turn <= MOST_REDIRECTS; turn += 1) {
      const headers = new Headers({ accept: "text/html,*/*;q=0.8", "user-agent": "boutique-smoke" });
      const cookies = cookiesFor(url);
      if (cookies) headers.set("cookie", cookies);
      if (referer) headers.set("referer", referer.href);
      if (referer && request.method === "POST") headers.set("origin", referer.origin);
      const response = await fetch(url, { ...request, headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) keep(url, line);
      const location = response.headers.get("location");
      const text = await response.text();
      if (!location || response.status < 300 || response.status > 399) {
        return { url, status: response.status, text, root: parsePage(text) };
      }
      url = new URL(location, url);
      if (response.status < 307) request = withoutBody(request);
    }
    throw new Error(`redirected more than ${MOST_REDIRECTS} times, at last to ${url.pathname}`);
  };

  return {
    open: (url, signal) => ask(url, { signal }),
    send(from, { action, method, fields }, values, signal) {
      const filled = fields.map((field): [string, string] => {
        const value = values[field.name] ?? field.value;
        if (!takes(field, value)) throw new Error(`the field ${field.name} does not take "${value}"`);
        if (field.required && !value) throw new Error(`the field ${field.name} is required, and it is empty`);
        return [field.name, value];
      });
      const target = new URL(action || from.url.href, from.url);
      const body = new URLSearchParams(filled);
      if (method === "POST") return ask(target, { method, body, signal }, from.url);
      target.search = body.toString();
      return ask(target, { signal }, from.url);
    },
  };
}

const withoutBody = ({ signal }: RequestInit): RequestInit => ({ signal: signal ?? null });

// Browsers trust the machine that they run on, also without encryption.
const isLocal = ({ hostname }: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

/** A Set-Cookie line; without a Path a cookie holds for the folder of the page that set it. */
function readCookie(url: URL, line: string): Cookie & { gone: boolean } {
  const [pair = "", ...rest] = line.split(";");
  const split = pair.indexOf("=");
  const given = new Map(
    rest.map((part) => {
      const [name = "", ...value] = part.split("=");
      return [name.trim().toLowerCase(), value.join("=").trim()];
    }),
  );
  const path = given.get("path");
  const age = given.get("max-age");
  const expires = given.get("expires");
  return {
    name: pair.slice(0, split).trim(),
    value: pair.slice(split + 1).trim(),
    path: path?.startsWith("/") ? path : url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf("/"))),
    secure: given.has("secure"),
    gone: age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now(),
  };
}

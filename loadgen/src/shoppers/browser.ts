import { ownVersion } from "../command/manifest.ts";
import { type Cookies, createCookies } from "./cookies.ts";
import { statusWords } from "./failure-words.ts";
import type { Line } from "./line.ts";
import type { Waiting } from "./waiting.ts";

/** A page that is asked for; `name` is its route: the path with what varies left out. */
export interface Ask {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly name: string;
  readonly form?: Readonly<Record<string, string>>;
  /** Says in words what is wrong with the page (Latin-1); undefined when it will do. */
  readonly check?: (page: string) => string | undefined;
}

/** What became of a request: its latency in whole microseconds, redirects included, and in words why it failed, if so. */
export type Tell = (ask: Ask, latency: number, bytes: number, problem: string | undefined) => void;

/** Where a browser gets its connection from, for one request and its redirects. */
export interface Lines {
  take(): Line;
  give(line: Line): void;
}

/** What all browsers of a worker share. */
export interface Surroundings {
  /** The shop, without a slash at the end. */
  readonly host: string;
  readonly checks: "body" | "status";
  readonly waiting: Waiting;
  readonly tell: Tell;
  /** Whether nothing is to be begun any more. */
  ending(): boolean;
}

/** A browser without scripts, as one shopper has it. */
export interface Browser {
  readonly cookies: Cookies;
  /**
   * Asks for a page and follows where it leads. Its latency counts from `due` (by performance.now()), if that is past. True
   * when a page came that is none of a failure, whatever the check says of it.
   */
  ask(ask: Ask, due?: number): Promise<boolean>;
}

const MOST_REDIRECTS = 5;

// The shop tells load from people by the baggage.
const always = ["baggage", "synthetic_request=true", "user-agent", `boutique-loadgen/${ownVersion}`];
const formType = ["content-type", "application/x-www-form-urlencoded"];

/** Opens a browser without cookies. */
export function openBrowser({ host, checks, waiting, tell, ending }: Surroundings, lines: Lines): Browser {
  const { origin, pathname } = new URL(host);
  const base = pathname === "/" ? "" : pathname;
  const cookies = createCookies();

  const headersFor = (form: boolean): string[] => {
    const cookie = cookies.header();
    return [...always, ...(cookie === "" ? [] : ["cookie", cookie]), ...(form ? formType : [])];
  };

  const send = async ({ method, path, form }: Ask, line: Line) => {
    const body = form ? new URLSearchParams(form).toString() : null;
    let answer = await line.send(method, base + path, headersFor(form !== undefined), body);
    for (let hops = 0; ; hops += 1) {
      for (const cookie of answer.setCookies) cookies.set(cookie);
      const { status, location, problem } = answer;
      if (problem !== undefined || status < 300 || status >= 400 || location === undefined) return answer;
      const next = URL.parse(location, origin + base + path);
      if (next?.origin !== origin) return { ...answer, problem: `redirected to another site: ${next?.origin}` };
      if (hops === MOST_REDIRECTS) return { ...answer, problem: `more than ${MOST_REDIRECTS} redirects` };
      answer = await line.send("GET", next.pathname + next.search, headersFor(false), null);
    }
  };

  return {
    cookies,
    async ask(ask, due = Number.POSITIVE_INFINITY) {
      if (ending()) return false;
      const line = lines.take();
      const sentAt = performance.now();
      const open = { sentAt, cut: line.cut };
      waiting.add(open);
      const { status, body, problem } = await send(ask, line);
      const latency = performance.now() - Math.min(due, sentAt);
      waiting.delete(open);
      lines.give(line);
      const failure = problem ?? (status >= 400 ? statusWords(status, body) : undefined);
      const flaw = failure ?? (checks === "body" ? ask.check?.(body.toString("latin1")) : undefined);
      tell(ask, Math.round(latency * 1_000), body.length, flaw);
      return failure === undefined;
    },
  };
}

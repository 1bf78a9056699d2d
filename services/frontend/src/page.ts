/** A request as the pages see it: who asks, in which currency, and what was sent. */
export interface Visit {
  readonly userId: string;
  /** The currency chosen, one of `currencies`. */
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly requestId: string;
  /** Where to go back to after a choice: a path of this shop, without its prefix. */
  readonly returnTo: string;
  readonly params: Readonly<Record<string, string>>;
  /** The key of the forms that were shown, by which an order may have been asked for; undefined once that has ended. */
  readonly pendingKey: string | undefined;
  /** What a form or the query sent; of a field sent twice, the first. */
  readonly form: Readonly<Record<string, string>>;
}

export type ViewName = "home" | "search" | "product" | "cart" | "order" | "orders" | "error";

/** A page of HTML. */
export interface Shown {
  readonly view: ViewName;
  /** Empty for the name of the shop alone. */
  readonly title: string;
  readonly data: object;
  readonly status?: number;
  readonly cookies?: Cookies;
  /** In so many seconds it is worth asking again. */
  readonly retryAfter?: number;
  /** To be called once the page was sent to somebody who asked for it by GET: not after a form, not for a HEAD. */
  readonly seen?: () => void;
}

/** Cookies by name; undefined takes one away. */
export type Cookies = Readonly<Record<string, string | undefined>>;

/** What a page answers with. Paths are given without the prefix of the shop. */
export type Reply =
  | Shown
  | { readonly redirect: string; readonly cookies?: Cookies }
  | { readonly json: unknown; readonly status?: number };

export type Page = (visit: Visit) => Promise<Reply> | Reply;

export type Problem = Shown & { readonly status: number };

/** A link that leads on. */
export interface Way {
  readonly label: string;
  readonly href: string;
}

/** A page that says what is wrong and what to do, and nothing of what went on behind it. */
export const problem = (status: number, heading: string, text: string, ways: readonly Way[] = []): Problem => ({
  view: "error",
  title: heading,
  status,
  data: { status, heading, text, ways },
});

const RETRY_AFTER_S = 2;

/** The same for what may be well again in a moment. */
export const passing = (heading: string, text: string, ways: readonly Way[]): Problem => ({
  ...problem(503, heading, text, ways),
  retryAfter: RETRY_AFTER_S,
});

export const notFound = (): Reply =>
  problem(404, "This page does not exist", "The link may be old, or the product may have left the shop.");

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
  /** What a form or the query sent; of a field sent twice, the first. */
  readonly form: Readonly<Record<string, string>>;
}

export type ViewName = "home" | "search" | "product" | "cart" | "order" | "error";

/** A page of HTML. */
export interface Shown {
  readonly view: ViewName;
  /** Empty for the name of the shop alone. */
  readonly title: string;
  readonly data: object;
  readonly status?: number;
  /** To be called once the page was sent to somebody who asked for it by GET: not after a form, not for a HEAD. */
  readonly seen?: () => void;
}

/** What a page answers with. Paths are given without the prefix of the shop. */
export type Reply =
  | Shown
  | { readonly redirect: string; readonly cookies?: Readonly<Record<string, string | undefined>> }
  | { readonly json: unknown; readonly status?: number };

export type Page = (visit: Visit) => Promise<Reply> | Reply;

export type Problem = Shown & { readonly status: number };

/** A page that says what is wrong and what to do, and nothing of what went on behind it. */
export const problem = (status: number, heading: string, text: string, retryHref?: string): Problem => ({
  view: "error",
  title: heading,
  status,
  data: { status, heading, text, retry: retryHref !== undefined, retryHref },
});

export const notFound = (): Reply =>
  problem(404, "This page does not exist", "The link may be old, or the product may have left the shop.");

import { type Answer, ask, orderForm, type Shopper, shopperIn } from "./purchase.ts";

/** What a shopper does in the shop. */
export const deeds = ["home", "product", "search", "cart", "add", "order"] as const;
export type Deed = (typeof deeds)[number];
type PageDeed = Exclude<Deed, "order">;

const PRODUCT = "6E92ZMYYFZ";

/** A shopper with something in the cart, whose order form was read while all was well. */
export interface Visitor {
  readonly shopper: Shopper;
  readonly form: Readonly<Record<string, string>>;
}

/** Makes a visitor who pays in a currency. */
export async function visitorIn(url: string, currency: string): Promise<Visitor> {
  const shopper = await shopperIn(url, currency);
  await shopper.post("/cart", { product_id: PRODUCT, quantity: "1" });
  const { text } = await shopper.get("/cart");
  return { shopper, form: orderForm(text) };
}

const visits: Readonly<Record<PageDeed, (shopper: Shopper) => Promise<Answer>>> = {
  home: (shopper) => ask(() => shopper.get("/")),
  product: (shopper) => ask(() => shopper.get(`/product/${PRODUCT}`)),
  search: (shopper) => ask(() => shopper.get("/search?q=kitchen")),
  cart: (shopper) => ask(() => shopper.get("/cart")),
  add: (shopper) => ask(() => shopper.post("/cart", { product_id: PRODUCT, quantity: "1" })),
};

/** What came of each page. */
export type Pages = Readonly<Record<PageDeed, Answer>>;

/** Looks at every page at once, and puts one more thing into the cart. */
export async function lookAround(shopper: Shopper): Promise<Pages> {
  const seen = await Promise.all(
    Object.entries(visits).map(async ([deed, visit]) => [deed, await visit(shopper)] as const),
  );
  return Object.fromEntries(seen) as unknown as Pages;
}

/** Sends an order; sent again it is the same one. */
export const order = ({ shopper, form }: Visitor): Promise<Answer> => ask(() => shopper.post("/cart/checkout", form));

/** What shows that a part of the shop is there: first those that a page does without if they are late. */
const marks: Readonly<Record<string, (page: string) => boolean>> = {
  ads: (page) => page.includes('class="ad"'),
  recommendations: (page) => page.includes("recommendations-title"),
  packaging: (page) => page.includes("packaging-title"),
  badge: (page) => page.includes("cart-size-circle"),
  quote: (page) => /<dt>Shipping<\/dt>\s*<dd[^>]*>[^<]*\d/.test(page),
};
const markOf: Readonly<Record<string, string>> = {
  ad: "ads",
  recommendation: "recommendations",
  packaging: "packaging",
};
const passing = Object.values(markOf);

const missingIn = ({ text }: Answer, well: Answer) =>
  Object.keys(marks).filter((mark) => marks[mark]?.(well.text) && !marks[mark]?.(text));

/** How much is missing that a busy machine may have been too late for. */
export const lateIn = (answer: Answer, well: Answer): number =>
  missingIn(answer, well).filter((mark) => passing.includes(mark)).length;

/** Whether an answer is as ever, a part that it is about included; others may have been too late on a busy machine. */
export const isWell = (answer: Answer, well: Answer, part: string): boolean =>
  answer.status === well.status &&
  missingIn(answer, well).every((mark) => passing.includes(mark) && mark !== markOf[part]) &&
  isInDollars(answer) === isInDollars(well);

const isInDollars = ({ text }: Answer) => !/€\d/.test(text) && /\$\d/.test(text);

/** What an answer is in words, beside the one that was given when all was well. */
export function inWords(answer: Answer, well: Answer): string {
  const { status, text, retryAfter } = answer;
  if (status === 0) return "no answer";
  if (status === 503) return ofRefusal(text, retryAfter);
  if (status !== well.status) return `${status}`;
  const told = text.includes('class="makeshift"') ? "in dollars, and says so" : "in dollars";
  const dollars = isInDollars(answer) && !isInDollars(well) ? [told] : [];
  return [...missingIn(answer, well).map((mark) => `no ${mark}`), ...dollars].join(", ") || "as ever";
}

function ofRefusal(text: string, retryAfter: boolean): string {
  if (!retryAfter) return "503 without Retry-After";
  if (/nothing was charged/i.test(text)) return "503, nothing charged";
  if (/given back/i.test(text)) return "503, given back";
  if (/not settled yet/i.test(text)) return "503, not settled yet";
  return "503";
}

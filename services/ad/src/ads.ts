import { RpcError } from "@boutique/rpc/error";
import { sample } from "@boutique/runtime/sample";

/** An advertisement: what it is shown for, where it leads (a path of the storefront), and what it says. */
export interface Ad {
  readonly category: string;
  readonly redirectUrl: string;
  readonly text: string;
}

/** How many ads an answer has at most, and how many when they are drawn by lot. */
export const most = 5;
export const lot = 2;

// A page has a handful of categories; whoever sends thousands means no page.
const MOST_CATEGORIES = 100;

/** What a page is about, as it is looked up; INVALID_ARGUMENT for what no page is. */
export function wishesOf(contextKeys: readonly string[]): readonly string[] {
  if (contextKeys.length > MOST_CATEGORIES) {
    throw new RpcError(
      "INVALID_ARGUMENT",
      `context_keys has ${contextKeys.length} entries: at most ${MOST_CATEGORIES}`,
    );
  }
  return [...new Set(contextKeys.map((key) => key.trim()))].filter(Boolean);
}

/** The ads for some wishes, in their order; none leads where another does. */
export const adsFor = (ads: readonly Ad[], wishes: readonly string[]): readonly Ad[] =>
  distinct(wishes.flatMap((wish) => ads.filter(({ category }) => category === wish))).slice(0, most);

/** A few ads by lot; none leads where another does. `random` gives a whole number below the one it is given. */
export const drawAds = (ads: readonly Ad[], random: (below: number) => number): readonly Ad[] =>
  sample(distinct(ads), lot, random);

const distinct = (ads: readonly Ad[]): Ad[] =>
  ads.filter(({ redirectUrl }, index) => ads.findIndex((ad) => ad.redirectUrl === redirectUrl) === index);

/** What the data file must be: a list of ads, enough to draw from. What is wrong is an error that names the entry. */
export function checkAds(json: unknown): readonly Ad[] {
  if (!Array.isArray(json)) throw new Error("is not a list");
  const ads = json.map(checkAd);
  if (distinct(ads).length < lot) throw new Error(`leads to fewer than ${lot} places`);
  return ads;
}

function checkAd(entry: Partial<Record<keyof Ad, unknown>> | null, index: number): Ad {
  const { category, redirectUrl, text } = entry ?? {};
  const name = `entry ${index + 1}${isText(category) ? ` (${category})` : ""}`;
  if (!isText(category)) throw new Error(`${name}: category is not a text`);
  if (!isText(text)) throw new Error(`${name}: text is not a text`);
  // Elsewhere than on the storefront no ad may lead, not even by "//host".
  if (!isText(redirectUrl) || !/^\/[\w-]/.test(redirectUrl)) {
    throw new Error(`${name}: redirectUrl is not a path such as "/product/6E92ZMYYFZ"`);
  }
  return { category, redirectUrl, text };
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() === value && value !== "";

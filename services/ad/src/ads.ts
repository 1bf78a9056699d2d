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

// A page has a handful of categories; whoever sends thousands is not looked up for all of them.
const MOST_CATEGORIES = 100;

/** The ads for some categories, in the order asked; none leads where another does. */
export const adsFor = (ads: readonly Ad[], categories: readonly string[]): readonly Ad[] => {
  const wanted = new Set(categories.slice(0, MOST_CATEGORIES).map((category) => category.trim()));
  return distinct([...wanted].flatMap((wish) => ads.filter(({ category }) => category === wish))).slice(0, most);
};

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

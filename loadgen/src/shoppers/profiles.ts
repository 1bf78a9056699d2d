import type { TaskName } from "./tasks.ts";

/** What shoppers do, by name. */
export type ProfileName = "original" | "whole" | "browse" | "paced";

/** What a kind of shoppers does. */
export interface Profile {
  readonly about: string;
  /** Whether each shopper looks at the home page before all else. */
  readonly comesIn: boolean;
  /** How often each task comes up, in proportion. */
  readonly tasks: Readonly<Partial<Record<TaskName, number>>>;
  /** How long a shopper waits between two tasks, seconds: between the two. */
  readonly wait: readonly [least: number, most: number];
}

const original = { index: 1, setCurrency: 2, browseProduct: 10, addToCart: 2, viewCart: 3, checkout: 1 };

/** All profiles. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  original: {
    about: "What the shoppers of the original's load generator do: they look, choose a currency, and buy now and then.",
    comesIn: true,
    tasks: original,
    wait: [1, 10],
  },
  whole: {
    about: "The same, and they also search, empty their carts and log out: every page of the shop is asked for.",
    comesIn: true,
    tasks: { ...original, search: 2, emptyCart: 1, logout: 1 },
    wait: [1, 10],
  },
  browse: {
    about: "They go back and forth between the home page and one product: all that a split of traffic needs.",
    comesIn: false,
    tasks: { index: 1, viewSunglasses: 2 },
    wait: [1, 5],
  },
  paced: {
    about:
      "They ask for one page, wait a second, and ask for the next: home, products and cart, a request a second each.",
    comesIn: false,
    tasks: { index: 1, browseProduct: 3, viewCart: 1 },
    wait: [1, 1],
  },
};

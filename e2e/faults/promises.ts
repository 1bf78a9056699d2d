import type { Endured } from "./endure.ts";

/** Milliseconds that pages, orders and the way back may take, whatever happens; see docs/faults.md. */
export const bounds = { page: 2_000, order: 10_000, back: 2_000, optional: 200, needed: 500 } as const;

/** What a busy machine adds is no fault of the shop's: the promise is about what is waited for. */
export const SLACK_MS = 150;

/** What a row has to keep besides what the page says of it: each breach in words. */
export function breaches({ part, fault, optional, seen, slower, page, order, back, again, loses }: Endured): string[] {
  const [first, then] = slower;
  const when = (breach: boolean, words: string) => (breach ? [`${part} ${fault}: ${words}`] : []);
  const words = Object.values(seen).flat();
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  return [
    ...when(
      words.some((word) => /^(500|502|no answer)/.test(word)),
      "something was answered with neither a page nor 503",
    ),
    ...when(page > bounds.page + SLACK_MS, `a page took ${ms(page)}`),
    ...when(order > bounds.order + SLACK_MS, `an order took ${ms(order)}`),
    ...when(back > bounds.back, `all was as ever ${ms(back)} after it was over`),
    ...when(again !== "ordered" && again !== "the same order" && !loses, `the form sent again afterwards: ${again}`),
    ...(optional
      ? [
          ...when(
            words.some((word) => /^\d/.test(word)),
            "a page failed for a part that it can do without",
          ),
          ...when(first > bounds.optional + SLACK_MS, `pages were ${ms(first)} slower`),
          ...when(then > SLACK_MS, `pages were still ${ms(then)} slower once it was noticed`),
        ]
      : []),
  ];
}

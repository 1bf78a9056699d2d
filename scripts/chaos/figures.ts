import type { Outcome } from "../../e2e/faults/siege.ts";

const MOST_SHOWN = 20;

/** What came of chaos, for people. */
export function inFigures(outcome: Outcome): string {
  const { orders, confirmed, refunded, charges, parcels, unknown, unsettled, blows, missed, violations } = outcome;
  const all = [...blows.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...blows]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([kind, count]) => `${kind} ${count}`);
  const shown = violations.slice(0, MOST_SHOWN).map((words) => `  ✗ ${words}`);
  const more = violations.length - shown.length;
  return [
    `orders       ${orders} that shoppers wanted, ${confirmed} confirmed, ${unknown} of which no end was seen`,
    `charges      ${charges}, ${refunded} of them given back`,
    `parcels      ${parcels}`,
    `blows        ${all} (${kinds.join(", ")}), ${missed} missed`,
    `unsettled    ${unsettled} when there had been quiet`,
    `violations   ${violations.length}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { redisMissing } from "@boutique/testkit/redis";
import { beforeAll, describe, expect, it } from "vitest";
import type { Endured } from "./endure.ts";
import { breaches } from "./promises.ts";
import { rows } from "./rows.ts";
import { endureAll } from "./run-rows.ts";
import { faultsPage, pageFile, resultsFile } from "./table.ts";

/** How many shops there are at once: most of a row is waiting. */
const SHOPS = 3;

describe.skipIf(redisMissing && process.env.CI !== "true")("a fault", () => {
  let endured: readonly Endured[];
  beforeAll(async () => {
    endured = await endureAll(rows, SHOPS);
    mkdirSync(new URL(".", resultsFile), { recursive: true });
    writeFileSync(resultsFile, `${JSON.stringify(endured, undefined, 2)}\n`);
  }, 300_000);

  it.each(rows.map((row, place) => ({ ...row, place })))("keeps its bounds: $part $fault", ({ place }) => {
    expect(breaches(endured[place] as Endured)).toEqual([]);
  });

  it("does what docs/faults.md says, which npm run faults writes", () => {
    expect(readFileSync(pageFile, "utf8")).toBe(faultsPage(endured));
  });
});

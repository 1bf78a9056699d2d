import { describe, expect, it } from "vitest";
import { breaches } from "./house-rules.ts";
import { buildEach, components, skipped } from "./manifests.ts";
import type { Manifest } from "./objects.ts";

/** The objects with nothing left of the order in which they and their variables stand. */
const withoutOrder = (objects: readonly Manifest[]): unknown =>
  JSON.parse(JSON.stringify(objects), (key, value) =>
    key === "env" || key === "volumes" ? value.map((each: unknown) => JSON.stringify(each)).sort() : value,
  );

describe.skipIf(skipped)("components of one kustomization", () => {
  it.each(components.slice(0, -1))("%s goes with each after it, in either order", async (one) => {
    const others = components.filter((other) => other > one);
    const [first, second] = await Promise.all([
      buildEach(others.map((other) => [one, other])),
      buildEach(others.map((other) => [other, one])),
    ]);

    for (const [index, other] of others.entries()) {
      expect(breaches(first[index] ?? []), `${one}, ${other}`).toEqual([]);
      expect(breaches(second[index] ?? []), `${other}, ${one}`).toEqual([]);
      // Two looks of one page: whichever comes last.
      if (one.startsWith("demo-faults") && other.startsWith("demo-faults")) continue;
      expect(withoutOrder(first[index] ?? []), `${one}, ${other}`).toEqual(withoutOrder(second[index] ?? []));
    }
  });

  it("go all together", async () => {
    const [forth = [], back = []] = await buildEach([components, components.toReversed()]);

    expect(forth.length).toBeGreaterThan(20);
    expect([...breaches(forth), ...breaches(back)]).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { createSeries } from "../src/series.ts";

/** Counts by label values, and how often there was no room. */
function open(most: number, kept?: number) {
  const state = { overflows: 0 };
  const overflowed = () => {
    state.overflows += 1;
  };
  const series = createSeries(most, () => ({ value: 0 }), overflowed, kept);
  const counts = () =>
    Object.fromEntries(Array.from(series.entries(), ([values, { value }]) => [values.join(), value]));
  return { series, counts, state };
}

describe("a series", () => {
  it("has one cell for each combination of label values, the same each time", () => {
    const { series, counts } = open(10);

    series.at("GET", "/").value += 1;
    series.at("GET", "/").value += 1;
    series.at("/", "GET").value += 1;
    series.at("GET", "").value += 1;

    expect(counts()).toEqual({ "GET,/": 2, "/,GET": 1, "GET,": 1 });
  });

  it("has one cell if there are no labels", () => {
    const { series, counts } = open(10);

    series.at().value += 1;
    series.at().value += 1;

    expect(counts()).toEqual({ "": 2 });
  });

  it("does not grow beyond its bound: the rest share one cell, and that is counted (original: without bound)", () => {
    const { series, counts, state } = open(2);

    for (let name = 0; name < 10_000; name++) series.at(`product ${name}`, "EUR").value += 1;
    series.at("product 0", "EUR").value += 1;

    expect(counts()).toEqual({ "product 0,EUR": 2, "product 1,EUR": 1, "other,other": 9_998 });
    expect(state.overflows).toBe(9_998);
  });

  it("keeps the last label values of what is beyond its bound, where it is told to", () => {
    const { series, counts } = open(1, 1);

    series.at("a", "real").value += 1;
    series.at("b", "real").value += 1;
    series.at("c", "synthetic").value += 1;
    series.at("d", "synthetic").value += 1;

    expect(counts()).toEqual({ "a,real": 1, "other,real": 1, "other,synthetic": 2 });
  });

  it("counts what is called other by itself with what had no room", () => {
    const { series, counts } = open(2);

    series.at("other").value += 1;
    series.at("a").value += 1;
    series.at("b").value += 1;

    expect(counts()).toEqual({ other: 2, a: 1 });
  });
});

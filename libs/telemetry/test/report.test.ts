import { describe, expect, it } from "vitest";
import { MINUTE } from "../src/business.ts";
import { percent } from "../src/tally.ts";
import { money, openBusiness, synthetically } from "./open.ts";

/** A shop window that counts who looks, and what at, in windows of a minute. */
function openWindow(events?: number) {
  const opened = openBusiness();
  const looks = opened.business.tally("looks_total", "Looks.", ["product_id", "from"]);
  const buys = opened.business.tally("buys_total", "Buys.");
  opened.business.report(
    "window_summary",
    "Who looked.",
    { every: MINUTE, ...(events && { events, of: [looks] }) },
    {
      looks: looks.inAll(),
      by_place: looks.each("from"),
      top: looks.top("product_id", 2),
      products: looks.different("product_id"),
      more_than_before: looks.change("More than before."),
      from_home: { about: "From home.", kind: "whole number", read: looks.having("from", "home") },
      conversion: percent("Buys per look.", buys.total, looks.total),
    },
  );
  return { ...opened, looks, buys, summaries: () => opened.lines("window_summary") };
}

const microtasks = () => Promise.resolve();

describe("a report", () => {
  it("is written at the end of its window, with what was counted in it", () => {
    const { looks, buys, pass, summaries } = openWindow();
    looks.add(["mug", "home"]);
    looks.add(["watch", "search"], 4);
    looks.add(["mug", "search"]);
    looks.add(["lamp", "home"]);
    buys.add();

    pass(MINUTE - 1);
    expect(summaries()).toEqual([]);
    pass(1);

    expect(summaries()).toEqual([
      {
        event: "window_summary",
        schema: 1,
        synthetic: false,
        window_s: 60,
        ended_by: "time",
        looks: 7,
        by_place: { home: 2, search: 5 },
        top: [
          { name: "watch", count: 4 },
          { name: "mug", count: 2 },
        ],
        products: 3,
        more_than_before: 7,
        from_home: 2,
        conversion: 14.29,
        level: "info",
        message: "Who looked.",
      },
    ]);
  });

  it("begins at nothing again, and is not written while nothing happens (original: the next event writes it)", () => {
    const { looks, pass, summaries } = openWindow();
    looks.add(["mug", "home"]);
    pass(10 * MINUTE);
    expect(summaries()).toHaveLength(1);

    looks.add(["watch", "search"], 3);
    pass(MINUTE);

    expect(summaries()).toHaveLength(2);
    expect(summaries()[1]).toMatchObject({ looks: 3, by_place: { search: 3 }, top: [{ name: "watch" }], window_s: 60 });
  });

  it("says how much more it was than in the window before, or less", () => {
    const { looks, pass, summaries } = openWindow();
    for (const count of [5, 2, 0, 3]) {
      if (count > 0) looks.add(["mug", "home"], count);
      pass(MINUTE);
    }

    expect(summaries().map(({ more_than_before }) => more_than_before)).toEqual([5, -3, 3]);
  });

  it("keeps load generators apart, in a line of their own", () => {
    const { looks, buys, pass, summaries } = openWindow();
    looks.add(["mug", "home"]);
    synthetically(() => {
      looks.add(["watch", "search"], 1_000);
      buys.add([], 500);
    });
    pass(MINUTE);

    expect(summaries()).toMatchObject([
      { synthetic: false, looks: 1, conversion: 0, top: [{ name: "mug", count: 1 }], by_place: { home: 1 } },
      {
        synthetic: true,
        looks: 1_000,
        conversion: 50,
        top: [{ name: "watch", count: 1_000 }],
        by_place: { search: 1_000 },
      },
    ]);
  });

  it("is not written for load generators when there were none, or for shoppers when there were none", () => {
    const { looks, pass, summaries } = openWindow();
    synthetically(() => looks.add(["mug", "home"]));
    pass(MINUTE);
    looks.add(["mug", "home"]);
    pass(MINUTE);

    expect(summaries().map(({ synthetic }) => synthetic)).toEqual([true, false]);
  });

  it("of a share in nothing says null, not zero and not infinity", () => {
    const { buys, pass, summaries } = openWindow();
    buys.add();
    pass(MINUTE);

    expect(summaries()).toMatchObject([{ looks: 0, conversion: null }]);
  });

  it("puts what came up as often in the order of its name", () => {
    const { looks, pass, summaries } = openWindow();
    for (const product of ["c", "a", "b"]) looks.add([product, "home"]);
    pass(MINUTE);

    expect(summaries()).toMatchObject([{ top: [{ name: "a" }, { name: "b" }] }]);
  });

  it("counts what Prometheus has no room for, under its own name", async () => {
    const { business, lines, exposed } = openBusiness();
    const looks = business.tally("looks_total", "Looks.", ["product_id"], { most: 2 });
    business.report("summary", "Looks.", { every: MINUTE }, { looks: looks.inAll(), by: looks.each("product_id") });

    for (const product of ["a", "b", "c", "d"]) looks.add([product]);
    synthetically(() => looks.add(["e"]));
    business.flush();

    expect(lines("summary")).toMatchObject([
      { synthetic: false, looks: 4, by: { a: 1, b: 1, other: 2 } },
      { synthetic: true, looks: 1, by: { other: 1 } },
    ]);
    expect(await exposed()).toContain('looks_total{product_id="other",synthetic="false"} 2');
  });
});

describe("a window of a number of events", () => {
  it("ends once so many were counted, after whatever else belongs to the last", async () => {
    const { looks, buys, summaries } = openWindow(3);
    looks.add(["mug", "home"], 2);
    await microtasks();
    expect(summaries()).toEqual([]);

    looks.add(["mug", "home"]);
    buys.add([], 3);
    expect(summaries()).toEqual([]);
    await microtasks();

    expect(summaries()).toMatchObject([{ looks: 3, conversion: 100, ended_by: "events", window_s: 0 }]);
  });

  it("ends once for all that came in one turn, however many", async () => {
    const { looks, summaries } = openWindow(3);
    for (let look = 0; look < 10; look++) looks.add(["mug", "home"]);
    looks.add(["mug", "home"], 100);
    await microtasks();

    expect(summaries()).toMatchObject([{ looks: 110 }]);
  });

  it("counts from nothing after each end, whatever ended it", async () => {
    const { looks, pass, summaries } = openWindow(3);
    looks.add(["mug", "home"], 2);
    pass(MINUTE);
    looks.add(["mug", "home"], 2);
    await microtasks();
    expect(summaries()).toHaveLength(1);

    looks.add(["mug", "home"]);
    await microtasks();

    expect(summaries()).toMatchObject([
      { looks: 2, ended_by: "time" },
      { looks: 3, ended_by: "events" },
    ]);
  });

  it("has its whole time again after an end by number", async () => {
    const { looks, pass, summaries } = openWindow(3);
    pass(MINUTE - 1_000);
    looks.add(["mug", "home"], 3);
    await microtasks();
    looks.add(["mug", "home"]);

    pass(MINUTE - 1);
    expect(summaries()).toHaveLength(1);
    pass(1);

    expect(summaries()).toMatchObject([
      { ended_by: "events", window_s: 59 },
      { ended_by: "time", window_s: 60, looks: 1 },
    ]);
  });

  it("counts only what it is of", async () => {
    const { buys, summaries } = openWindow(3);
    buys.add([], 100);
    await microtasks();

    expect(summaries()).toEqual([]);
  });

  it("that a stop ends in the same turn is reported once", async () => {
    const { business, looks, summaries } = openWindow(3);
    looks.add(["mug", "home"], 3);
    business.flush();
    await microtasks();

    expect(summaries()).toMatchObject([{ looks: 3, ended_by: "stop" }]);
  });
});

describe("a stop", () => {
  it("writes the window under way, and says how long it was (original: lost)", () => {
    const { business, looks, pass, summaries } = openWindow();
    looks.add(["mug", "home"]);
    pass(1_234);

    business.flush();

    expect(summaries()).toMatchObject([{ looks: 1, ended_by: "stop", window_s: 1.23 }]);
  });

  it("writes nothing twice", () => {
    const { business, looks, pass, summaries } = openWindow();
    looks.add(["mug", "home"]);

    business.flush();
    business.flush();
    pass(10 * MINUTE);

    expect(summaries()).toHaveLength(1);
  });

  it("writes nothing of an idle service", () => {
    const { business, summaries } = openWindow();

    business.flush();

    expect(summaries()).toEqual([]);
  });
});

describe("amounts", () => {
  function openPurse() {
    const opened = openBusiness();
    const revenue = opened.business.purse("revenue_total", "Revenue.");
    const dollars = opened.business.dollars("revenue_usd_total", "Revenue in dollars.");
    opened.business.report(
      "revenue",
      "What came in.",
      { every: MINUTE },
      { revenue: revenue.each(), euros: revenue.of("EUR"), dollars: dollars.of("USD") },
    );
    return { ...opened, revenue, dollars, report: () => opened.lines("revenue").at(-1) };
  }

  it("are added exactly (original: 0.30000000000000004)", () => {
    const { revenue, dollars, pass, report } = openPurse();
    revenue.add(money("EUR", 0, 100_000_000));
    revenue.add(money("EUR", 0, 200_000_000));
    dollars.add(money("USD", 12, 50_000_000));
    pass(MINUTE);

    expect(report()).toMatchObject({ revenue: { EUR: "0.30" }, euros: "0.30", dollars: "12.05" });
  });

  it("are never added across currencies", async () => {
    const { revenue, pass, report, exposed } = openPurse();
    revenue.add(money("EUR", 1));
    revenue.add(money("JPY", 100));
    revenue.add(money("EUR", 2, 10_000_000));
    pass(MINUTE);

    expect(report()).toMatchObject({ revenue: { EUR: "3.01", JPY: "100.00" }, euros: "3.01" });
    const lines = await exposed();
    expect(lines).toContain('revenue_total{currency="EUR",synthetic="false"} 3.01');
    expect(lines).toContain('revenue_total{currency="JPY",synthetic="false"} 100');
  });

  it("are exact beyond what a message can hold", () => {
    const { revenue, pass, report } = openPurse();
    for (let time = 0; time < 3; time++) revenue.add(money("EUR", "9223372036854775807", 999_999_999));
    pass(MINUTE);

    expect(report()).toMatchObject({ euros: "27670116110564327423.999999997" });
  });

  it("of a currency that did not come up are zero in that currency, and missing among all", () => {
    const { revenue, pass, report } = openPurse();
    revenue.add(money("JPY", 5));
    pass(MINUTE);

    expect(report()).toMatchObject({ revenue: { JPY: "5.00" }, euros: "0.00", dollars: "0.00" });
    expect(report()?.revenue).not.toHaveProperty("EUR");
  });

  it("begin at nothing in each window, and keep load generators apart", () => {
    const { revenue, pass, lines } = openPurse();
    revenue.add(money("EUR", 1));
    pass(MINUTE);
    revenue.add(money("EUR", 2));
    synthetically(() => revenue.add(money("EUR", 1_000)));
    pass(MINUTE);

    expect(lines("revenue").map(({ synthetic, euros }) => [synthetic, euros])).toEqual([
      [false, "1.00"],
      [false, "2.00"],
      [true, "1000.00"],
    ]);
  });

  it("of zero are reported: something was given away", () => {
    const { revenue, pass, report } = openPurse();
    revenue.add(money("EUR", 0));
    pass(MINUTE);

    expect(report()).toMatchObject({ revenue: { EUR: "0.00" } });
  });

  it("of more currencies than there can be are dropped, which is said", () => {
    const { revenue, pass, report } = openPurse();
    for (let currency = 0; currency < 60; currency++) revenue.add(money(`C${currency}`, 1));
    pass(MINUTE);

    expect(Object.keys(report()?.revenue as object)).toHaveLength(50);
    expect(report()).toMatchObject({ dropped: 10 });
  });

  it("that are none are refused, and counted nowhere", async () => {
    const { revenue, pass, report, exposed } = openPurse();

    expect(() => revenue.add(money("EUR", 1, -1))).toThrow("INVALID_ARGUMENT");

    pass(MINUTE);
    expect(report()).toBeUndefined();
    expect(await exposed()).not.toContainEqual(expect.stringMatching(/^revenue_total\{/));
  });
});

describe("names that are no labels", () => {
  function openRanking() {
    const opened = openBusiness();
    const searches = opened.business.ranking("Searches.");
    opened.business.report(
      "searches",
      "What was searched.",
      { every: MINUTE },
      { top: searches.top(2), different: searches.different() },
    );
    return { ...opened, searches, report: () => opened.lines("searches").at(-1) };
  }

  it("are counted for a report, and never shown to Prometheus", async () => {
    const { searches, pass, report, metrics } = openRanking();
    for (const name of ["mug", "watch", "mug", "lamp"]) searches.add(name);
    searches.add("watch", 5);
    pass(MINUTE);

    expect(report()).toMatchObject({
      top: [
        { name: "watch", count: 6 },
        { name: "mug", count: 2 },
      ],
      different: 3,
    });
    expect((await metrics.exposition()).text).not.toContain("watch");
  });

  it("begin at nothing in each window, and keep load generators apart", () => {
    const { searches, pass, lines } = openRanking();
    searches.add("mug");
    pass(MINUTE);
    searches.add("watch");
    synthetically(() => searches.add("lamp", 100));
    pass(MINUTE);

    expect(lines("searches").map(({ synthetic, top }) => [synthetic, top])).toEqual([
      [false, [{ name: "mug", count: 1 }]],
      [false, [{ name: "watch", count: 1 }]],
      [true, [{ name: "lamp", count: 100 }]],
    ]);
  });

  it("are a thousand different ones at most; how many more there were is said (original: without bound)", () => {
    const { searches, pass, report } = openRanking();
    for (let name = 0; name < 1_500; name++) searches.add(`search ${name}`);
    searches.add("search 7", 3);
    pass(MINUTE);

    expect(report()).toMatchObject({ different: 1_000, dropped: 500, top: [{ name: "search 7", count: 4 }, {}] });

    searches.add("mug");
    pass(MINUTE);
    expect(report()).toMatchObject({ different: 1 });
    expect(report()).not.toHaveProperty("dropped");
  });
});

import { describe, expect, it } from "vitest";
import { SECOND } from "../src/business.ts";
import { amount, hashed, list, optional, whole, word, words } from "../src/fields.ts";
import { currentTraffic } from "../src/traffic.ts";
import { money, openBusiness, serving, synthetically } from "./open.ts";

describe("an event", () => {
  const charged = {
    user_id: hashed("Who."),
    network: word("The card's."),
    total: amount("How much."),
    note: optional(words("What was said.")),
  };
  const values = { user_id: "ada", network: "visa", total: money("EUR", 12, 50_000_000), note: undefined };

  it("is one line: its name, its version, its fields, and what it means in words", () => {
    const { business, lines } = openBusiness();
    const say = business.event("charge_completed", "A card was charged.", charged);

    say(values);

    expect(lines("charge_completed")).toEqual([
      {
        event: "charge_completed",
        schema: 1,
        user_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        network: "visa",
        total: "12.05",
        note: undefined,
        level: "info",
        message: "A card was charged.",
      },
    ]);
  });

  it("says its level and the version of its fields", () => {
    const { business, lines } = openBusiness();
    business.event("viewed", "Seen.", {}, { level: "debug", schema: 3 })({});

    expect(lines("viewed")).toMatchObject([{ level: "debug", schema: 3 }]);
  });

  it("of two shoppers differs, of one it is the same; with another key nobody can tell", () => {
    const user = (key: string, user_id: string) => {
      const { business, lines } = openBusiness(key);
      business.event("viewed", "Seen.", { user_id: hashed("Who.") })({ user_id });
      return lines("viewed")[0]?.user_id;
    };

    expect(user("a", "ada")).toBe(user("a", "ada"));
    expect(user("a", "ada")).not.toBe(user("a", "bob"));
    expect(user("a", "ada")).not.toBe(user("b", "ada"));
  });

  it("says so when it is a load generator's", () => {
    const { business, lines } = openBusiness();
    const say = business.event("viewed", "Seen.", {});

    synthetically(() => say({}));
    serving({ trace: { baggage: "user=ada" } }, () => say({}));
    say({});

    expect(lines("viewed").map(({ synthetic }) => synthetic)).toEqual([true, undefined, undefined]);
  });

  it("stands on the span of the request, as far as spans can have it, also when its line is omitted", () => {
    const { business } = openBusiness();
    const told: unknown[] = [];
    const span = { event: (name: string, fields?: object) => void told.push([name, fields]), set: () => {} };
    const say = business.event(
      "declined",
      "No.",
      { user_id: hashed("Who."), lines: list({ quantity: whole("How many.") }, "What.") },
      { atMostEvery: SECOND },
    );

    for (let time = 0; time < 2; time++) serving({ span }, () => say({ user_id: "ada", lines: [{ quantity: 1 }] }));

    const fields = { user_id: expect.stringMatching(/^[0-9a-f]{16}$/), lines: [{ quantity: 1 }] };
    expect(told).toEqual([
      ["declined", fields],
      ["declined", fields],
    ]);
  });

  it("that comes in masses is one line in so many milliseconds, and the next says how many were omitted", () => {
    const { business, lines, pass } = openBusiness();
    const say = business.event("failed", "It failed.", { reason: word("Why.") }, { atMostEvery: SECOND });

    for (let time = 0; time < 1_000; time++) say({ reason: "first" });
    pass(999);
    say({ reason: "too early" });
    pass(1);
    say({ reason: "second" });
    pass(1_000);
    say({ reason: "third" });

    expect(lines("failed").map(({ reason, omitted }) => [reason, omitted])).toEqual([
      ["first", undefined],
      ["second", 1_000],
      ["third", undefined],
    ]);
  });

  it("does not silence another", () => {
    const { business, lines } = openBusiness();
    const one = business.event("one", "One.", {}, { atMostEvery: SECOND });
    const another = business.event("another", "Another.", {}, { atMostEvery: SECOND });

    one({});
    another({});

    expect([...lines("one"), ...lines("another")]).toHaveLength(2);
  });

  it("is declared, for the documents to be made of", () => {
    const { business } = openBusiness();
    business.event("failed", "It failed.", { reason: word("Why.") }, { atMostEvery: SECOND, level: "debug" });
    business.report("summary", "What was done.", { every: 60_000, events: 10 }, {});

    expect(business.declared).toMatchObject([
      { name: "failed", schema: 1, about: "It failed.", level: "debug", atMostEvery: SECOND },
      { name: "summary", schema: 1, about: "What was done.", level: "info", window: { every: 60_000, events: 10 } },
    ]);
    expect(business.declared[0]?.fields).toMatchObject({ reason: { about: "Why.", kind: "word" } });
    expect(business.declared[0]).not.toHaveProperty("window");
    expect(business.declared[1]).not.toHaveProperty("atMostEvery");
  });
});

describe("a note", () => {
  it("stands on the span of the request, and nowhere if there is none", () => {
    const { business } = openBusiness();
    const noted: unknown[] = [];
    const span = { event: () => {}, set: (attributes: object) => void noted.push(attributes) };

    business.note({ "app.order.id": "none" });
    serving({ span }, () => business.note({ "app.order.id": "1" }));
    serving({}, () => business.note({ "app.order.id": "2" }));

    expect(noted).toEqual([{ "app.order.id": "1" }]);
  });

  it("of a step is an event of the span", () => {
    const { business } = openBusiness();
    const steps: unknown[] = [];
    const span = { event: (name: string) => void steps.push(name), set: () => {} };

    business.step("nowhere");
    serving({ span }, () => business.step("charged"));

    expect(steps).toEqual(["charged"]);
  });
});

describe("traffic", () => {
  it.each([
    "synthetic_request=true",
    "session.id=1,synthetic_request=true",
    "session.id=1, synthetic_request = true ,user=ada",
    "synthetic_request=true;ttl=1",
  ])("is a load generator's with baggage %j", (baggage) => {
    expect(serving({ trace: { baggage } }, currentTraffic)).toBe("synthetic");
  });

  it.each([
    "",
    "synthetic_request=false",
    "synthetic_request=truely",
    "not_synthetic_request=true",
    "user=synthetic_request=true",
    "synthetic_request",
  ])("is a shopper's with baggage %j", (baggage) => {
    expect(serving({ trace: { baggage } }, currentTraffic)).toBe("real");
  });

  it("is a shopper's where nobody says anything", () => {
    expect(currentTraffic()).toBe("real");
    expect(serving({}, currentTraffic)).toBe("real");
  });
});

describe("a metric of the business", () => {
  it("tells load generators apart", async () => {
    const { business, exposed } = openBusiness();
    const views = business.tally("views_total", "Views.", ["product_id"]);
    const sizes = business.histogram("sizes", "Sizes.", [1, 5]);

    views.add(["a"]);
    sizes(3);
    synthetically(() => {
      views.add(["a"], 5);
      sizes(9);
    });

    const lines = await exposed();
    expect(lines).toContain('views_total{product_id="a",synthetic="false"} 1');
    expect(lines).toContain('views_total{product_id="a",synthetic="true"} 5');
    expect(lines).toContain('sizes_bucket{le="5",synthetic="false"} 1');
    expect(lines).toContain('sizes_bucket{le="5",synthetic="true"} 0');
    expect(lines).toContain('sizes_sum{synthetic="true"} 9');
  });

  it("goes on over windows, as Prometheus wants it", async () => {
    const { business, exposed, pass } = openBusiness();
    const views = business.tally("views_total", "Views.");
    business.report("summary", "What was done.", { every: 1_000 }, { views: views.inAll() });

    views.add();
    pass(1_000);
    views.add();

    expect(await exposed()).toContain('views_total{synthetic="false"} 2');
  });

  it("of a name that dashboards know is untyped, and counted like any other", async () => {
    const { business, exposed, lines } = openBusiness();
    const views = business.tally("product_retrieval_count", "Views.", ["product_id"], { untyped: true });
    business.report("summary", "What was done.", { every: 1_000 }, { views: views.inAll() });

    views.add(["a"]);
    business.flush();

    expect(await exposed()).toContain("# TYPE product_retrieval_count untyped");
    expect(lines("summary")).toMatchObject([{ views: 1 }]);
  });

  it("can be read when it is asked for", async () => {
    const { business, exposed } = openBusiness();
    business.reading("carts_active", "Carts.", async () => 7);

    expect(await exposed()).toContain("carts_active 7");
  });
});

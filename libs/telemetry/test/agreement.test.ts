import { toNanos } from "@boutique/money/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { money, openBusiness, synthetically } from "./open.ts";

// Whatever is done, and however time passes: what the reports say sums up to what Prometheus reads.

const WINDOW = 1_000;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      product: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
      count: fc.integer({ min: 1, max: 30 }),
      price: fc.record({
        currency: fc.constantFrom("EUR", "USD", "JPY"),
        units: fc.bigInt({ min: 0n, max: 2n ** 40n }),
        nanos: fc.integer({ min: 0, max: 999_999_999 }),
      }),
      synthetic: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 3 * WINDOW }) }) },
  { weight: 3, arbitrary: fc.constant("the turn ends" as const) },
  { weight: 1, arbitrary: fc.constant("flush" as const) },
);

type Sums = Record<string, number>;
const add = (sums: Sums, key: string, count: number) => {
  sums[key] = (sums[key] ?? 0) + count;
};

async function sumsOf(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const { business, lines, pass, exposed } = openBusiness();
  // So few that some have no room.
  const sold = business.tally("sold_total", "Sold.", ["product"], { most: 6 });
  const revenue = business.purse("revenue_total", "Revenue.");
  const names = business.ranking("Names.");
  business.report(
    "sales",
    "Sales.",
    { every: WINDOW, events: 50, of: [sold] },
    { products: sold.each("product"), all: sold.inAll(), revenue: revenue.each(), names: names.top(1_000) },
  );
  const done = { all: {} as Sums, names: {} as Sums, money: {} as Record<string, bigint> };
  for (const next of steps) {
    if (next === "flush") business.flush();
    else if (next === "the turn ends") await Promise.resolve();
    else if ("pass" in next) pass(next.pass);
    else {
      const { product, count, price, synthetic } = next;
      const amount = money(price.currency, String(price.units), price.nanos);
      const sell = () => {
        sold.add([product], count);
        revenue.add(amount);
        names.add(product, count);
      };
      if (synthetic) synthetically(sell);
      else sell();
      add(done.all, String(synthetic), count);
      add(done.names, `${product} ${synthetic}`, count);
      const purse = `${price.currency} ${synthetic}`;
      done.money[purse] = (done.money[purse] ?? 0n) + toNanos(amount);
    }
  }
  await Promise.resolve();
  business.flush();

  const told = { all: {} as Sums, products: {} as Sums, names: {} as Sums, money: {} as Record<string, bigint> };
  for (const line of lines("sales")) {
    add(told.all, String(line.synthetic), line.all as number);
    for (const [name, count] of Object.entries(line.products as Sums))
      add(told.products, `${name} ${line.synthetic}`, count);
    for (const { name, count } of line.names as { name: string; count: number }[])
      add(told.names, `${name} ${line.synthetic}`, count);
    for (const [code, decimal] of Object.entries(line.revenue as Record<string, string>)) {
      const [units = "", decimals = ""] = decimal.split(".");
      const purse = `${code} ${line.synthetic}`;
      told.money[purse] = (told.money[purse] ?? 0n) + BigInt(units + decimals.padEnd(9, "0"));
    }
  }

  const read = { products: {} as Sums, money: {} as Sums };
  for (const line of await exposed()) {
    const [, name, label, synthetic, value] = /^(\w+)\{\w+="(\w+)",synthetic="(\w+)"\} (\S+)$/.exec(line) ?? [];
    if (name === "sold_total") read.products[`${label} ${synthetic}`] = Number(value);
    if (name === "revenue_total") read.money[`${label} ${synthetic}`] = Number(value);
  }
  return { done, told, read };
}

it("reports and metrics say the same, whatever happens when (property)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { done, told, read } = await sumsOf(steps);

      expect(told.all).toEqual(done.all);
      expect(told.names).toEqual(done.names);
      expect(told.money).toEqual(done.money);
      expect(told.products).toEqual(read.products);
      expect(Object.keys(read.money).toSorted()).toEqual(Object.keys(done.money).toSorted());
      for (const [purse, nanos] of Object.entries(done.money)) {
        const exact = Number(nanos) / 1e9;
        expect(Math.abs((read.money[purse] ?? 0) - exact)).toBeLessThanOrEqual(exact * 1e-9);
      }
    }),
  );
});

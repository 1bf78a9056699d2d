import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createCatalogue } from "../src/catalogue.ts";
import { createCatalog } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { openStore } from "../src/store.ts";
import { fileOf, temporaryFolder } from "./files.ts";
import { ownCatalogue, ownProducts } from "./own.ts";

const MINUTES = 60_000;
const sunglasses = "OLJCESPC7Z";
const tankTop = "66VCHSJNUP";
const watch = "1YMWWN1N4O";
const loafers = "L9ECAV7KIM";
const hairdryer = "2ZYFJ3GM2N";
const candleHolder = "0PUK6V6EV0";
const mug = "6E92ZMYYFZ";

async function openCatalog(catalogue = ownCatalogue) {
  const recorded = recordBusiness();
  let time = 0;
  const now = () => {
    time += 12.256;
    return time;
  };
  const signals = createSignals(recorded.business);
  const catalog = await overTheWire(
    "catalog",
    createCatalog(() => catalogue, signals, 0, now),
  );
  const look = async (id: string, times = 1) => {
    for (let i = 0; i < times; i++) await catalog.getProduct({ id });
  };
  const miss = (id: string) => expect(catalog.getProduct({ id })).rejects.toThrow("NOT_FOUND");
  return { ...recorded, catalog, look, miss };
}

describe("what was looked up", () => {
  it("is reported every five minutes, whether or not somebody looks again (original: at the next look)", async () => {
    const { look, lines, pass } = await openCatalog();
    await look(sunglasses, 2);
    await look(mug, 4);
    await look(watch, 3);
    await look(candleHolder);
    await look(loafers);
    await look(hairdryer);
    expect(lines("product_views_summary")).toEqual([]);

    pass(5 * MINUTES);

    expect(lines("product_views_summary")).toEqual([
      {
        event: "product_views_summary",
        schema: 1,
        synthetic: false,
        window_s: 300,
        ended_by: "time",
        views: 12,
        unique_products: 6,
        top_products: [
          { name: mug, count: 4 },
          { name: watch, count: 3 },
          { name: sunglasses, count: 2 },
          { name: candleHolder, count: 1 },
          { name: hairdryer, count: 1 },
        ],
        message: "What was looked up in the catalogue.",
      },
    ]);
  });

  it("begins at nothing in each window, and is not reported of one in which nothing was done", async () => {
    const { look, miss, lines, pass } = await openCatalog();
    await look(mug, 3);
    pass(15 * MINUTES);
    expect(lines("product_views_summary")).toHaveLength(1);

    await look(tankTop);
    pass(5 * MINUTES);
    await miss("NOTHING");
    pass(5 * MINUTES);

    expect(lines("product_views_summary").slice(1)).toMatchObject([
      { views: 1, unique_products: 1, top_products: [{ name: tankTop, count: 1 }] },
      { views: 0, unique_products: 0, top_products: [] },
    ]);
  });

  it("has the name in Prometheus that the original's dashboard asks for, and the report's figures", async () => {
    const { look, miss, catalog, lines, pass, metrics } = await openCatalog();
    await look(mug, 3);
    await look(watch);
    await miss("NOTHING");
    await catalog.listProducts({});

    const text = await metrics();
    pass(5 * MINUTES);

    expect(text).toContain("# TYPE product_retrieval_count untyped");
    expect(text).toContain(
      `product_retrieval_count{product_id="${mug}",product_name="Mug",synthetic="false"} 3\n` +
        `product_retrieval_count{product_id="${watch}",product_name="Watch",synthetic="false"} 1\n`,
    );
    expect(text.match(/^product_retrieval_count\{/gm)).toHaveLength(2);
    expect(lines("product_views_summary")).toMatchObject([
      { views: 3 + 1, top_products: [{ count: 3 }, { count: 1 }] },
    ]);
  });

  it("is shown to Prometheus for 200 products one by one, and for the others together", async () => {
    const [product] = ownProducts.slice(-1);
    if (!product) throw new Error("no product");
    const many = Array.from({ length: 203 }, (_, index) => ({ ...product, id: `P${index}` }));
    const { look, metrics } = await openCatalog(createCatalogue(many));

    for (const { id } of many) await look(id);

    const text = await metrics();
    expect(text.match(/^product_retrieval_count\{/gm)).toHaveLength(200 + 1);
    expect(text).toMatch(/^product_retrieval_count\{product_id="other",product_name="other",.*\} 3$/m);
  });
});

describe("a search", () => {
  it("is an event, with what it found and how long it took", async () => {
    const { catalog, lines } = await openCatalog();

    await catalog.searchProducts({ query: "kitchen" });

    expect(lines("product_search")).toEqual([
      {
        event: "product_search",
        schema: 1,
        query: "kitchen",
        result_count: 3,
        latency_ms: 12.26,
        message: "Products were searched for.",
      },
    ]);
  });

  it("is one too when it asks for nothing and so lists all, or finds nothing, and is counted by that", async () => {
    const { catalog, lines, metrics } = await openCatalog();

    await catalog.searchProducts({ query: "" });
    await catalog.searchProducts({ query: "mug" });
    await catalog.searchProducts({ query: "retrowave" });

    expect(lines("product_search").map(({ result_count }) => result_count)).toEqual([ownProducts.length, 1, 0]);
    const text = await metrics();
    expect(text).toContain('product_searches_total{outcome="results",synthetic="false"} 2');
    expect(text).toContain('product_searches_total{outcome="none",synthetic="false"} 1');
  });

  it("does not tell of a shopper who writes an address or a number of a card into it", async () => {
    const { catalog, lines } = await openCatalog();

    await catalog.searchProducts({ query: "mug for jane@example.com 4432 8015 6152 0454\r\n" });

    expect(lines("product_search")).toMatchObject([{ query: "mug for [address] [number]  ", result_count: 0 }]);
  });
});

describe("a product that is not sold", () => {
  it("is an event when it is looked up, one a second at most, and counted each time", async () => {
    const { miss, lines, pass, metrics } = await openCatalog();

    await miss("OLJCESPC7Y");
    await miss("jane@example.com");
    await miss("x".repeat(9_999));
    pass(1_000);
    await miss("4432-8015-6152-0454");

    expect(lines("product_not_found")).toEqual([
      {
        event: "product_not_found",
        schema: 1,
        product_id: "OLJCESPC7Y",
        message: "A product was looked up that is not sold.",
      },
      expect.objectContaining({ product_id: "[number]", omitted: 2 }),
    ]);
    expect(await metrics()).toContain('product_lookups_missed_total{synthetic="false"} 4');
  });
});

describe("the product file", () => {
  const EVERY = 1_000;
  const line = { event: "catalog_operation", schema: 1, message: "The product file was read." };

  /** A store whose file is looked at when the test says so. */
  function openFile(text: string) {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const recorded = recordBusiness();
    const path = join(temporaryFolder(), "products.json");
    writeFileSync(path, text);
    const open = () => {
      const journal = { info: () => {}, warn: () => {} };
      const store = openStore(path, journal, createSignals(recorded.business), EVERY);
      onTestFinished(store.close);
      return store;
    };
    const change = (text: string) => {
      writeFileSync(path, text);
      vi.advanceTimersByTime(2 * EVERY);
    };
    return { ...recorded, open, change, operations: () => recorded.lines("catalog_operation") };
  }

  it("is an event when it is read at the start and whenever it changes, also when it is refused", async () => {
    const { open, change, operations, metrics } = openFile(fileOf("Mug"));

    open();
    expect(await metrics()).toContain("catalog_products 1");
    change(fileOf("Mug", "Cup"));
    change(fileOf("Mug", "A cup"));
    expect(await metrics()).toContain("catalog_products 2");
    change(fileOf("Jar"));

    expect(operations()).toEqual([
      { ...line, operation: "load", product_count: 1, status: "ok", reason: undefined },
      { ...line, operation: "reload", product_count: 2, status: "ok", reason: undefined },
      {
        ...line,
        operation: "reload",
        product_count: 2,
        status: "refused",
        reason: 'products.json: products[1].id is "A CUP": must be 1 to 64 letters, digits, - or _',
      },
      { ...line, operation: "reload", product_count: 1, status: "ok", reason: undefined },
    ]);
    expect(await metrics()).toContain("catalog_products 1");
  });

  it("is an event when it is refused at the start", () => {
    const { open, operations } = openFile("{");

    expect(open).toThrow("products.json");

    expect(operations()).toMatchObject([{ operation: "load", product_count: 0, status: "refused" }]);
    expect(operations()[0]?.reason).toContain("products.json: Expected property name");
  });

  it("is no event at each use while it is read at each, but only when it has changed", () => {
    const { open, change, operations } = openFile(fileOf("Mug"));
    const store = open();
    store.readAtEachUse();
    const use = () => {
      for (let i = 0; i < 3; i++) store.current();
    };

    use();
    change("{");
    use();
    change(fileOf("Cup", "Jar"));
    use();

    expect(operations()).toMatchObject([
      { operation: "load", product_count: 1, status: "ok" },
      { operation: "reload", product_count: 1, status: "refused" },
      { operation: "reload", product_count: 2, status: "ok" },
    ]);
  });
});

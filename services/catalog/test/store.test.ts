import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createCatalog } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import { openStore } from "../src/store.ts";
import { fileOf, replaceFile, temporaryFolder } from "./files.ts";
import { names } from "./own.ts";

// The clock stands still but for these looks at the file, so that nothing is left to chance.
const EVERY = 1_000;
const look = (times: number) => vi.advanceTimersByTime(times * EVERY);

function open(text: string, path = join(temporaryFolder(), "products.json")) {
  writeFileSync(path, text);
  const lines: string[] = [];
  const line = (severity: string) => (fields: object, words: string) =>
    lines.push([severity, words, ...Object.values(fields)].join(" | "));
  const recorded = recordBusiness();
  const signals = createSignals(recorded.business);
  const store = openStore(path, { info: line("info"), warn: line("warn") }, signals, EVERY);
  onTestFinished(store.close);
  const operations = () => recorded.lines("catalog_operation").map(({ status }) => status);
  return { path, lines, operations, signals, store, sold: () => names(store.current().products) };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
});

describe("a changed product file", () => {
  it.each([
    ["written in place", writeFileSync],
    ["renamed over the old one", replaceFile],
  ])("is sold from without a restart when it was %s (original: needs one)", (_, change) => {
    const { path, operations, sold } = open(fileOf("Mug"));

    change(path, fileOf("Mug", "Cup"));
    expect(sold()).toEqual(["Mug"]);
    look(2);

    expect(sold()).toEqual(["Mug", "Cup"]);
    expect(operations()).toEqual(["ok", "ok"]);
  });

  it("is sold from when Kubernetes points the link of a ConfigMap elsewhere", () => {
    const folder = temporaryFolder();
    const version = (name: string, text: string) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "products.json"), text);
      symlinkSync(name, join(folder, "..next"));
      renameSync(join(folder, "..next"), join(folder, "..data"));
    };
    version("..1", fileOf("Mug"));
    symlinkSync(join("..data", "products.json"), join(folder, "products.json"));
    const { sold } = open(fileOf("Mug"), join(folder, "products.json"));

    version("..2", fileOf("Cup"));
    rmSync(join(folder, "..1"), { recursive: true });
    look(2);

    expect(sold()).toEqual(["Cup"]);
  });

  it("is left alone until it lies still", () => {
    const { path, operations, sold } = open(fileOf("Mug"));
    const text = fileOf("Mug", "Cup");

    writeFileSync(path, text.slice(0, 20));
    look(1);
    writeFileSync(path, text.slice(0, 40));
    look(1);
    writeFileSync(path, text);
    look(1);
    expect(sold()).toEqual(["Mug"]);
    look(9);

    expect(sold()).toEqual(["Mug", "Cup"]);
    expect(operations()).toEqual(["ok", "ok"]);
  });

  it.each([
    ["is no JSON", "{", "products.json: Expected property name"],
    ["is empty", "", "products.json: Unexpected end of JSON input"],
    ["has a bad entry", fileOf("Mug", "Tea cup"), 'products.json: products[1].id is "TEA CUP": must be 1 to 64'],
    ["has no products", fileOf(), "products.json: products is empty"],
  ])("is refused when it %s, while the old products stay", (_, text, reason) => {
    const { path, lines, sold } = open(fileOf("Mug"));

    writeFileSync(path, text);
    look(9);

    expect(sold()).toEqual(["Mug"]);
    expect(lines).toEqual([expect.stringContaining(`warn | product file refused, the old products stay | ${reason}`)]);
  });

  it("is sold from once it has been mended", () => {
    const { path, sold } = open(fileOf("Mug"));
    writeFileSync(path, "{");
    look(2);

    writeFileSync(path, fileOf("Cup"));
    look(2);

    expect(sold()).toEqual(["Cup"]);
  });

  it("is missed when it is taken away, while the old products stay until it is back", () => {
    const { path, lines, sold } = open(fileOf("Mug"));

    rmSync(path);
    look(2);
    expect(sold()).toEqual(["Mug"]);
    writeFileSync(path, fileOf("Cup"));
    look(2);

    expect(sold()).toEqual(["Cup"]);
    expect(lines[0]).toContain("products.json: ENOENT");
  });

  it("leaves whole what is still being read of the old one (original: a data race)", () => {
    const { path, store } = open(fileOf("Mug", "Cup"));
    const before = store.current();

    writeFileSync(path, fileOf("Jar"));
    look(2);

    expect(names(before.products)).toEqual(["Mug", "Cup"]);
    expect(names(before.search("cup"))).toEqual(["Cup"]);
    expect(before.find("JAR")).toBeUndefined();
    expect(store.current().find("JAR")).toHaveProperty("name", "Jar");
  });

  it("is no longer looked at after the store is closed", () => {
    const { path, store, sold } = open(fileOf("Mug"));

    store.close();
    writeFileSync(path, fileOf("Cup"));
    look(9);

    expect(sold()).toEqual(["Mug"]);
  });

  it("is what the next call is answered from", async () => {
    const { path, signals, store } = open(fileOf("Mug"));
    const catalog = await overTheWire("catalog", createCatalog(store.current, signals));

    writeFileSync(path, fileOf("Cup", "Jar"));
    look(2);

    expect(names((await catalog.listProducts({})).products)).toEqual(["Cup", "Jar"]);
    expect(await catalog.getProduct({ id: "JAR" })).toHaveProperty("name", "Jar");
    await expect(catalog.getProduct({ id: "MUG" })).rejects.toThrow('NOT_FOUND: no product has the id "MUG"');
  });
});

describe("reading at each use", () => {
  it("sees a change at once, until it is stopped", () => {
    const { path, lines, store, sold } = open(fileOf("Mug"));

    store.readAtEachUse();
    writeFileSync(path, fileOf("Cup"));
    expect(sold()).toEqual(["Cup"]);
    store.readWhenChanged();
    writeFileSync(path, fileOf("Jar"));
    expect(sold()).toEqual(["Cup"]);

    expect(lines).toEqual([
      "info | the product file is read at each call from now on",
      "info | the product file is read when it has changed from now on",
    ]);
  });

  it("goes on selling the old products while the file is broken (original: an empty shop)", () => {
    const { path, lines, store, sold } = open(fileOf("Mug"));
    store.readAtEachUse();

    writeFileSync(path, "{");
    expect(sold()).toEqual(["Mug"]);
    expect(sold()).toEqual(["Mug"]);
    writeFileSync(path, fileOf());
    expect(sold()).toEqual(["Mug"]);

    expect(lines.slice(1)).toEqual([
      expect.stringContaining("warn | product file refused, the old products stay | products.json: Expected property"),
      expect.stringContaining("warn | product file refused, the old products stay | products.json: products is empty"),
    ]);
  });
});

describe("a product file that is broken at the start", () => {
  it.each([
    ["is away", undefined, "products.json: ENOENT"],
    ["is no JSON", "products", "products.json: Unexpected token"],
    ["has a bad entry", fileOf("Mug", ""), 'products.json: products[1].id is "": must be 1 to 64'],
  ])("keeps the service from starting when it %s", (_, text, message) => {
    const path = join(temporaryFolder(), "products.json");
    if (text !== undefined) writeFileSync(path, text);

    expect(() => openStore(path, { info: vi.fn(), warn: vi.fn() }, createSignals(recordBusiness().business))).toThrow(
      message,
    );
  });
});

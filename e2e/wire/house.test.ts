import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { names, topology } from "@boutique/contract/topology";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const files = (pattern: string) => globSync(pattern, { cwd: fileURLToPath(root) });

/** The cells of the first table in a page whose head begins with a word. */
function tableOf(page: string, head: string): string[][] {
  const lines = read(page).split("\n");
  const first = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const rows = lines.slice(first + 2);
  return rows.slice(0, rows.indexOf("")).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("the topology", () => {
  it("is what docs/architecture.md shows", () => {
    const rows = names.map((name) => {
      const { workload, port, address, ...rest } = topology[name];
      return [name, workload, "servicePort" in rest ? `${port} (Service ${rest.servicePort})` : `${port}`, address];
    });

    expect(tableOf("docs/architecture.md", "folder")).toEqual(rows);
  });

  it("has a folder of services for each entry, and an entry for each folder", () => {
    expect(
      files("services/*/package.json")
        .map((path) => path.split("/")[1])
        .sort(),
    ).toEqual([...names].sort());
  });

  it("speaks every service of the proto, each by one of its entries", () => {
    const declared = [...read("protos/shop.proto").matchAll(/^service (\w+)/gm)].map(([, name]) => name);
    const spoken = Object.values(topology).flatMap((entry) =>
      "service" in entry ? [Object.values(entry.service)[0]?.path.split(/[./]/)[2]] : [],
    );

    expect(spoken.sort()).toEqual(declared.sort());
  });

  it("alone names a port", () => {
    const ports = /\b(7070|3550|7000|5050|50051|9555|9090|8081)\b/;
    const elsewhere = files("{libs,services}/*/src/**/*.ts").filter((path) => ports.test(read(path)));

    expect(elsewhere).toEqual(["libs/contract/src/roster.ts"]);
  });
});

const pages = ["README.md", "CONTRIBUTING.md", ...files("docs/**/*.md")];

describe("the docs", () => {
  it("show only commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const text = pages.map(read).join();
    const shown = [...text.matchAll(/npm (?:run ([\w:]+)|(start|test))/g)].map(([, run, own]) => String(run ?? own));

    expect(shown).toContain("smoke");
    expect(shown.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(pages)("%s links only to what is there", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => String(path));

    expect(links.filter((path) => !existsSync(new URL(path, new URL(page, root))))).toEqual([]);
  });
});

describe("a service", () => {
  /** A list of declarations, which docs/events.md and docs/metrics.md are written of, may be longer than what runs. */
  const page = (path: string) => (path.endsWith("/signals.ts") ? 120 : path.startsWith("services/frontend/") ? 91 : 82);

  it.each(files("services/*/src/*.ts"))("%s is a page", (path) => {
    expect(read(path).split("\n").length).toBeLessThanOrEqual(page(path));
  });

  it.each(files("services/*/src/main.ts"))("%s only wires", (path) => {
    expect(
      read(path)
        .trim()
        .split("\n")
        .filter((line) => line && !line.startsWith("import")).length,
    ).toBeLessThanOrEqual(15);
  });

  it("never reads the environment", () => {
    expect(files("services/*/src/*.ts").filter((path) => read(path).includes("process.env"))).toEqual([]);
  });
});

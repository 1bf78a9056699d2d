import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Bill {
  readonly bomFormat: string;
  readonly components: readonly { readonly purl: string; readonly hashes?: readonly unknown[] }[];
}

let bill: Bill;
beforeAll(() => {
  const text = execFileSync("npm", ["run", "--silent", "sbom"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  bill = JSON.parse(text);
}, 120_000);

const shipped = [...globSync("{services,libs}/*/package.json", { cwd: root }), "loadgen/package.json"]
  .map((path) => JSON.parse(readFileSync(`${root}${path}`, "utf8")).dependencies as Record<string, string>)
  .flatMap((dependencies = {}) => Object.entries(dependencies))
  .filter(([name]) => !name.startsWith("@boutique/"));

it("npm run sbom lists what services, libraries and the load generator are shipped with", () => {
  const listed = bill.components.map(({ purl }) => purl.split("?")[0]);
  const wanted = shipped.map(([name, version]) => `pkg:npm/${name.replace("@", "%40")}@${version}`);

  expect(bill.bomFormat).toBe("CycloneDX");
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((purl) => !listed.includes(purl))).toEqual([]);
});

it("lists nothing that is for development alone", () => {
  const listed = bill.components.map(({ purl }) => purl);

  expect(listed.filter((purl) => /\/(vitest|typescript|turbo|playwright-core|axe-core)@/.test(purl))).toEqual([]);
});

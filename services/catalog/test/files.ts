import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The text of a product file with products of these names. */
export const fileOf = (...names: string[]) =>
  JSON.stringify({
    products: names.map((name) => ({
      id: name.toUpperCase(),
      name,
      picture: "/picture.jpg",
      priceUsd: { currencyCode: "USD", units: 1 },
    })),
  });

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "catalog-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Puts a new file in the place of the old one, at once. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

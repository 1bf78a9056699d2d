import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { readData, StartError } from "../src/data.ts";

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "data-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "rates.json");
  writeFileSync(path, text);
  return path;
}

const failure = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe("a data file", () => {
  it("is what its check makes of it, by path or by URL", () => {
    const path = fileOf('{ "EUR": "1.0" }');
    const keys = (json: unknown) => Object.keys(json as object);

    expect(readData(path, keys)).toEqual(["EUR"]);
    expect(readData(pathToFileURL(path), keys)).toEqual(["EUR"]);
  });

  it.each([
    ["is no JSON", fileOf, "{ EUR", /^rates\.json: .*JSON/],
    ["is empty", fileOf, "", /^rates\.json: .*JSON/],
    ["is missing", () => join(tmpdir(), "no-such-folder", "rates.json"), "", /^rates\.json: ENOENT/],
  ])("that %s is a reason not to start, by its name", (_, place, text, words) => {
    const error = failure(() => readData(place(text), (json) => json));

    expect(error).toBeInstanceOf(StartError);
    expect(error).toHaveProperty("message", expect.stringMatching(words));
  });

  it("that its check refuses is a reason not to start, with the check's words", () => {
    const error = failure(() =>
      readData(fileOf("[]"), () => {
        throw new Error("entry 3 (XAU): rate is not a number");
      }),
    );

    expect(error).toBeInstanceOf(StartError);
    expect(error).toHaveProperty("message", "rates.json: entry 3 (XAU): rate is not a number");
  });
});

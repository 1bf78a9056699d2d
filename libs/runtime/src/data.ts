import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** A reason not to start that its reader can mend: said in one line, without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/**
 * Reads a JSON file and lets `check` make of it what the service uses. What is wrong with either is a StartError that
 * names the file; `check` throws an Error whose words name the entry.
 */
export function readData<T>(file: URL | string, check: (json: unknown) => T): T {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  try {
    return check(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new StartError(`${basename(path)}: ${(error as Error).message}`, { cause: error });
  }
}

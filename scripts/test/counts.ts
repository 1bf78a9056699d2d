import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What a step of the tests came to. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Which failed, and the first lines of why. */
  readonly failures: readonly string[];
}

/** A check that is one thing, and says itself what is wrong. */
export const once = (passed: boolean): Count => ({
  passed: Number(passed),
  failed: Number(!passed),
  skipped: 0,
  failures: [],
});

export const add = (one: Count, other: Count): Count => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  failures: [...one.failures, ...other.failures],
});

const nothing: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** What is read of the JSON that vitest writes. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Adds up what vitest wrote; a run that failed without a failing test (a file that does not load) counts as one. */
export function counted(passed: boolean, reports: readonly string[]): Count {
  const count = reports.map(read).reduce(add, nothing);
  return { ...count, failed: passed ? count.failed : Math.max(count.failed, 1) };
}

function read(path: string): Count {
  const report: Report = JSON.parse(readFileSync(path, "utf8"));
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && failed.length === 0) return [`${file}: ${shortened(message)}`];
    return failed.map((test) => `${file} > ${test.fullName}: ${shortened(test.failureMessages.join("\n"))}`);
  });
  const { numPassedTests, numFailedTests, numPendingTests } = report;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, failures };
}

const MOST_LINES = 12;
const MOST_CHARACTERS = 2_000;

const shortened = (message: string) =>
  stripVTControlCharacters(message).trim().split("\n").slice(0, MOST_LINES).join("\n    ").slice(0, MOST_CHARACTERS);

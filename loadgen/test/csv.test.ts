import { describe, expect, it } from "vitest";
import { exceptionsCsv, failuresCsv, historyCsv, statsCsv } from "../src/results/csv.ts";
import { openRun } from "../src/results/run.ts";
import { intervalWith, membersOf, openingWith, routeWith } from "./intervals.ts";

const run = openRun(openingWith({ stages: [{ name: "hold", to: 10, over: 3 }] }));
for (const second of [1, 2, 3])
  run.add(
    intervalWith(second, [
      routeWith({ name: "/", ok: [10, 20, 30, 40] }),
      routeWith({ name: '/a, "b"', method: "POST", failed: [5], errors: { 'answered "503",\nbusy': 1 } }),
    ]),
  );
const result = run.result("plan", 3, membersOf("w1"));
const linesOf = (csv: string) => csv.split("\r\n");

describe("tables as Locust writes them", () => {
  it("have a row for each route and one for all, under Locust's columns", () => {
    const lines = linesOf(statsCsv(result));
    expect(lines[0]).toBe(
      "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%",
    );
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^GET,\/,12,0,/);
    expect(lines[2]).toMatch(/^POST,"\/a, ""b""",3,3,5/);
    expect(lines[3]).toMatch(/^,Aggregated,15,3,/);
    expect(lines[3]?.split(",").slice(9, 11)).toEqual(["5", "1"]);
    expect(lines[4]).toBe("");
  });

  it("have a history with totals up to each moment", () => {
    const lines = linesOf(historyCsv(result));
    expect(lines[0]).toBe(
      "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size",
    );
    const rows = lines.slice(1, -1).map((line) => line.split(","));
    expect(rows.map((row) => row.slice(0, 6))).toEqual(
      [6, 7, 8].map((second) => [
        String(Date.UTC(2026, 0, 2, 3, 4, second) / 1_000),
        "10",
        "",
        "Aggregated",
        "5.000000",
        "1.000000",
      ]),
    );
    expect(rows.map((row) => row.slice(17, 19))).toEqual([
      ["5", "1"],
      ["10", "2"],
      ["15", "3"],
    ]);
    for (const row of rows) expect(row.slice(6).map(Number)).not.toContain(Number.NaN);
    expect(Number(rows[2]?.[21]) / 5).toBeCloseTo(1, 1);
    expect(Number(rows[2]?.[22]) / 40).toBeCloseTo(1, 1);
  });

  it("have failures in words, quoted where they must be", () => {
    expect(failuresCsv(result)).toBe(
      'Method,Name,Error,Occurrences\r\nPOST,"/a, ""b""","answered ""503"",\nbusy",3\r\n',
    );
    expect(exceptionsCsv()).toBe("Count,Message,Traceback,Nodes\r\n");
  });

  it("say N/A where nothing was asked", () => {
    const empty = openRun(openingWith()).result("stopped", 0, []);
    expect(linesOf(statsCsv(empty))[1]).toBe(`,Aggregated,0,0,0,0,0,0,0,0,0${",N/A".repeat(11)}`);
    expect(linesOf(historyCsv(empty))).toHaveLength(2);
  });
});

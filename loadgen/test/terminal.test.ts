import { describe, expect, it } from "vitest";
import { columns, paintFor, sparkline } from "../src/terminal/columns.ts";
import { dashboard, line } from "../src/terminal/dashboard.ts";
import { openScreen } from "../src/terminal/screen.ts";
import { summary } from "../src/terminal/summary.ts";
import { createCrewOnCall, operatorOf, threeSeconds, trial, until } from "./hands/crew-on-call.ts";

const plain = paintFor(false);

async function view() {
  const crew = createCrewOnCall();
  const operator = operatorOf(crew);
  const order = { plan: trial({ name: "spike", objectives: { p95: 5 } }), host: "http://127.0.0.1:1" };
  const result = operator.start(order);
  await until(operator, "running");
  threeSeconds(crew, true);
  const snapshot = operator.snapshot();
  if (!snapshot) throw new Error("no snapshot");
  return { order, snapshot, state: operator.state(), result, finish: crew.finish };
}

describe("the live view", () => {
  it("shows how far the plan is, the figures of now, the routes, failures and the generator", async () => {
    const shown = dashboard(await view(), { width: 120, height: 40 }, plain).join("\n");
    for (const words of [
      "spike  →  http://127.0.0.1:1  running",
      "of 1\u00a0min",
      "left",
      "500 Internal",
      "generator",
      "Ctrl-C",
    ]) {
      expect(shown).toContain(words);
    }
    expect(shown).toMatch(/GET +\/ +66 +6/);
  });

  it("fits a low terminal: the routes give way to their sum", async () => {
    const lines = dashboard(await view(), { width: 80, height: 14 }, plain);
    expect(lines.join("\n")).toContain("Aggregated");
    expect(lines.join("\n")).not.toMatch(/GET +\/ /);
  });

  it("is one line where nothing can be redrawn", async () => {
    expect(line(await view())).toMatch(/^3.s · hold: 10 users, 22.req\/s, p50 .*, 6 of 66 failed$/);
  });

  it("draws in place, prints above it and leaves the terminal as it was", () => {
    const written: string[] = [];
    const screen = openScreen({ rows: 5, write: (text: string) => written.push(text) > 0 });
    screen.draw(["a", "b", "c", "d", "e", "f"]);
    expect(written.at(-1)).toContain("d\u001b[K\n");
    expect(written.at(-1)).not.toContain("e\u001b[K");
    screen.draw(["A"]);
    expect(written.at(-1)).toContain("\u001b[4A\rA\u001b[K\n");
    screen.print("news");
    expect(written.at(-1)).toMatch(/\[1A\r.*news\n$/s);
    screen.close();
    expect(written.at(-1)).toBe("\u001b[?7h\u001b[?25h");
  });
});

describe("the summary", () => {
  it("tells what was measured and what became of the objectives", async () => {
    const { result, finish } = await view();
    finish();
    const text = summary(await result, plain).join("\n");
    expect(text).toMatch(/spike on http:\/\/127.0.0.1:1 ran 3.s to its end\./);
    expect(text).toContain("✗ p95 was");
    expect(text).toContain("Not met: p95.");
  });
});

describe("the pieces of a terminal", () => {
  it("columns are as wide as their widest cell", () => {
    expect(
      columns(
        [
          ["a", "bbb"],
          ["cc", "d"],
        ],
        1,
      ),
    ).toEqual(["  a   bbb", "  cc    d"]);
  });

  it("a sparkline shows the last figures, the highest at full height", () => {
    expect(sparkline([9, 0, 4, 8], 3)).toBe("▁▅█");
    expect(sparkline([], 3)).toBe("");
    expect(sparkline([0, 0], 3)).toBe("▁▁");
  });

  it("colours only where they are seen", () => {
    expect(paintFor(true)("red", "x")).toBe("\u001b[31mx\u001b[39m");
    expect(plain("red", "x")).toBe("x");
  });
});

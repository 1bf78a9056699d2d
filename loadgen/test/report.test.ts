import { describe, expect, it } from "vitest";
import { charts } from "../src/report/charts.ts";
import { htmlReport } from "../src/report/html.ts";
import { markup } from "../src/report/markup.ts";
import { openRun } from "../src/results/run.ts";
import { intervalWith, membersOf, openingWith, routeWith } from "./intervals.ts";

const hostile = `</title></style></script><script>alert("x")</script><img src=x onerror='alert(1)'>&\u0000\u001b\ud800`;

function resultOf(words: string, changes: Parameters<typeof openingWith>[0] = {}, latency = 10) {
  const run = openRun({ ...openingWith(changes), command: words, host: words });
  for (let second = 1; second <= 20; second += 1) {
    const ok = [latency, 2 * latency, second === 9 ? 90 * latency : latency];
    const errors = second > 15 ? { [words]: 1 } : {};
    run.add(
      intervalWith(second, [routeWith({ method: "GET", name: words, ok, failed: second > 15 ? [3] : [], errors })]),
    );
    run.observe([{ service: words, second, cpu: 0.5, rss: 90, loopP99: 4, inFlight: 2 }]);
  }
  return run.result("plan", 20, [{ worker: words, machine: words }, ...membersOf("w1")]);
}

/** The tags of a page but for those that its own style and script are in. */
const tagsIn = (html: string) => [...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase());

describe("a report", () => {
  const plan = {
    name: "stress",
    about: "Finds the knee.",
    objectives: { p99: 50, failRatio: 0.001 },
    find: ["knee"],
  } as const;
  const html = htmlReport([resultOf("/cart", plan)]);

  it("begins with the verdict in words, and holds all that was found", () => {
    const missing = ["Finds the knee.", "How it was measured", "/cart", "never told anything"];
    expect(missing.filter((words) => !html.includes(words))).toEqual([]);
    expect(/<h1 class="(\w+)">/.exec(html)?.[1]).toBe("invalid");
    const sound = htmlReport([{ ...resultOf("/cart", plan), valid: true, flaws: [] }]);
    expect(/<h1 class="missed">.*?(Not met[^<]*)</.exec(sound)?.[1]).toBe("Not met: failed requests and p99.");
  });

  it("fetches nothing from anywhere", () => {
    expect(html.match(/<(link|iframe|object|embed|base)\b|\ssrc=|@import|\burl\(/i)).toBeNull();
    const hosts = [...html.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([url]) => new URL(url).host);
    expect([...new Set(hosts)]).toEqual(["www.w3.org"]);
    expect(html.match(/Content-Security-Policy" content="default-src &#39;none&#39;/)).not.toBeNull();
  });

  it("shows hostile words as words", () => {
    const bad = resultOf(hostile, { name: hostile, about: hostile });
    const harmless = resultOf("words", { name: "words", about: "words" });
    for (const [page, same] of [
      [htmlReport([bad]), htmlReport([harmless])],
      [htmlReport([bad, bad], [hostile, "b"]), htmlReport([harmless, harmless], ["words", "b"])],
    ] as const) {
      const added = new Map<string | undefined, number>();
      for (const tag of tagsIn(page)) added.set(tag, (added.get(tag) ?? 0) + 1);
      expect(added.get("script")).toBe(tagsIn(same).filter((tag) => tag === "script").length);
      expect(added.get("img")).toBeUndefined();
      expect(page.includes("&lt;script&gt;alert(&quot;x&quot;)")).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(page.match(/[\u0000\u001b]|[\ud800-\udfff]/)).toBeNull();
    }
  });

  it("can be made of a run in which nothing happened", () => {
    const empty = openRun(openingWith()).result("stopped", 0, []);
    expect(htmlReport([empty]).includes("Invalid")).toBe(true);
    expect(htmlReport([empty, empty]).includes("repeats")).toBe(true);
    for (const { svg } of charts(empty)) expect(svg.match(/NaN|Infinity|undefined/)).toBeNull();
    expect(() => htmlReport([])).toThrow("at least one result");
  });
});

describe("pictures", () => {
  it("are complete in themselves, wide and narrow, and of finite places", () => {
    for (const width of ["wide", "narrow"] as const) {
      const drawn = charts(resultOf("/cart", { warmUp: 5, objectives: { p99: 50 } }), width);
      expect(drawn.map(({ name }) => name)).toEqual([
        "throughput",
        "latency",
        "percentiles",
        "routes",
        "shop",
        "generator",
      ]);
      for (const { svg } of drawn) {
        expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (960|380) [\d.]+"/);
        expect(svg.match(/NaN|Infinity|undefined|\[object/)).toBeNull();
      }
    }
  });

  it("can be drawn while the run goes on", () => {
    const run = openRun(openingWith());
    for (const second of [1, 2, 3]) run.add(intervalWith(second, [routeWith({ ok: [5, 900] })]));
    const names = charts({ ...run.snapshot(), plan: openingWith().plan }).map(({ name }) => name);
    expect(names).toEqual(["throughput", "latency", "routes", "generator"]);
  });

  it("have a logarithmic axis only where the spread asks for it", () => {
    const about = (name: string, latency: number) =>
      charts(resultOf("/", {}, latency))
        .find((chart) => chart.name === name)
        ?.svg.includes("logarithmic");
    expect(about("latency", 10)).toBe(true);
    const flat = openRun(openingWith());
    for (const second of [1, 2, 3]) flat.add(intervalWith(second, [routeWith({ ok: [5, 6, 7] })]));
    const svg = charts(flat.result("plan", 3, membersOf("w1"))).find(({ name }) => name === "latency")?.svg;
    expect(svg).not.toContain("logarithmic");
  });
});

describe("markup", () => {
  it("escapes what is put into it, unless it is markup", () => {
    expect(markup`<b title="${`"'`}">${"<&>"}${markup`<i>${1.26}</i>`}${[markup`a`, "<"]}${false}</b>`.markup).toBe(
      '<b title="&quot;&#39;">&lt;&amp;&gt;<i>1.3</i>a&lt;</b>',
    );
  });
});

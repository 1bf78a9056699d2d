import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createMetrics, type Metrics } from "../src/metrics.ts";

/** As Prometheus asks, with and without OpenMetrics. */
const openMetrics = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

/** The lines about one metric, by its name or the beginning of it. */
async function about(metrics: Metrics, name: string, accept?: string): Promise<string[]> {
  const { text } = await metrics.exposition(accept);
  return text.split("\n").filter((line) => line.replace(/^# (HELP|TYPE) /, "").startsWith(name));
}

describe("a counter", () => {
  function open() {
    const metrics = createMetrics();
    const requests = metrics.counter("requests_total", "Requests.", ["method", "status"]);
    requests.at("GET", "200").value += 2;
    requests.at("POST", "303").value += 1;
    return metrics;
  }
  const samples = ['requests_total{method="GET",status="200"} 2', 'requests_total{method="POST",status="303"} 1'];

  it("goes by its whole name in text", async () => {
    const declared = ["# HELP requests_total Requests.", "# TYPE requests_total counter"];

    expect(await about(open(), "requests")).toEqual([...declared, ...samples]);
  });

  it("goes by its name without the suffix in OpenMetrics, its samples by the whole", async () => {
    const declared = ["# HELP requests Requests.", "# TYPE requests counter"];

    expect(await about(open(), "requests", openMetrics)).toEqual([...declared, ...samples]);
    // Asked again it says the same.
    const metrics = open();
    await metrics.exposition(openMetrics);
    expect(await about(metrics, "requests", openMetrics)).toEqual([...declared, ...samples]);
    expect(await about(metrics, "requests")).toContain("# TYPE requests_total counter");
  });

  it("without labels is 0 from the start, with labels away until something happens", async () => {
    const metrics = createMetrics();
    metrics.counter("stops_total", "Stops.");
    metrics.counter("starts_total", "Starts.", ["kind"]);

    expect(await about(metrics, "stops_total")).toContain("stops_total 0");
    expect(await about(metrics, "starts_total")).toEqual([
      "# HELP starts_total Starts.",
      "# TYPE starts_total counter",
    ]);
  });

  it("beyond its bound counts under other, and says so", async () => {
    const metrics = createMetrics();
    const views = metrics.counter("views_total", "Views.", ["product"], { most: 2 });

    for (const product of ["a", "b", "c", "d", "a"]) views.at(product).value += 1;

    expect((await about(metrics, "views_total{")).toSorted()).toEqual([
      'views_total{product="a"} 2',
      'views_total{product="b"} 1',
      'views_total{product="other"} 2',
    ]);
    expect(await about(metrics, "telemetry_overflow_total{")).toEqual([
      'telemetry_overflow_total{metric="views_total"} 2',
    ]);
  });
});

it("a counter whose name does not say so is untyped in text and unknown in OpenMetrics, its name unchanged", async () => {
  const metrics = createMetrics();
  metrics.untyped("product_retrieval_count", "Products.", ["product_id"]).at("66VCHSJNUP").value += 3;
  const sample = 'product_retrieval_count{product_id="66VCHSJNUP"} 3';

  expect(await about(metrics, "product_retrieval_count")).toEqual([
    "# HELP product_retrieval_count Products.",
    "# TYPE product_retrieval_count untyped",
    sample,
  ]);
  expect(await about(metrics, "product_retrieval_count", openMetrics)).toEqual([
    "# HELP product_retrieval_count Products.",
    "# TYPE product_retrieval_count unknown",
    sample,
  ]);
});

describe("a gauge", () => {
  it("goes up and down", async () => {
    const metrics = createMetrics();
    const cell = metrics.gauge("in_flight", "In flight.").at();
    cell.value += 3;
    cell.value -= 1;

    for (const accept of ["", openMetrics]) {
      expect(await about(metrics, "in_flight", accept)).toEqual([
        "# HELP in_flight In flight.",
        "# TYPE in_flight gauge",
        "in_flight 2",
      ]);
    }
  });

  it("that is read is asked each time, and may have labels or take its time", async () => {
    const metrics = createMetrics();
    let size = 1;
    metrics.reading("size", "Size.", ["kind"], async () => [
      [size, "now"],
      [size * 10, "later"],
    ]);

    expect(await about(metrics, "size{")).toEqual(['size{kind="now"} 1', 'size{kind="later"} 10']);
    size = 2;
    expect(await about(metrics, "size{", openMetrics)).toEqual(['size{kind="now"} 2', 'size{kind="later"} 20']);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("Redis is away"))],
    [
      "throws",
      () => {
        throw new Error("Redis is away");
      },
    ],
  ])("that cannot be read, as its reading %s, is missing, and nothing else is", async (_, read) => {
    const metrics = createMetrics();
    metrics.reading("carts_active", "Carts.", [], read);
    metrics.counter("views_total", "Views.");

    expect(await about(metrics, "carts_active")).toEqual(["# HELP carts_active Carts.", "# TYPE carts_active gauge"]);
    expect(await about(metrics, "views_total")).toContain("views_total 0");
  });
});

describe("a histogram", () => {
  const trace = { trace_id: "0af7651916cd43dd8448eb211c80319c", span_id: "b7ad6b7169203331" };
  function open() {
    const metrics = createMetrics();
    const seconds = metrics.histogram("seconds", "How long.", [0.1, 0.5], ["method"]).at("GET");
    seconds.observe(0.05);
    seconds.observe(0.3, trace);
    seconds.observe(2);
    return metrics;
  }

  it("has buckets that hold the smaller ones, up to the unbounded, and a sum and a count", async () => {
    expect(await about(open(), "seconds")).toEqual([
      "# HELP seconds How long.",
      "# TYPE seconds histogram",
      'seconds_bucket{le="0.1",method="GET"} 1',
      'seconds_bucket{le="0.5",method="GET"} 2',
      'seconds_bucket{le="+Inf",method="GET"} 3',
      'seconds_sum{method="GET"} 2.35',
      'seconds_count{method="GET"} 3',
    ]);
  });

  it("shows a trace as an exemplar in OpenMetrics, and never in text", async () => {
    const shown = (await about(open(), "seconds_bucket", openMetrics)).filter((line) => line.includes("#"));

    expect(shown).toEqual([
      expect.stringMatching(
        /^seconds_bucket\{le="0\.5",method="GET"\} 2 # \{trace_id="0af7651916cd43dd8448eb211c80319c",span_id="b7ad6b7169203331"\} 0\.3 \d{10}(\.\d+)?$/,
      ),
    ]);
    expect((await open().exposition()).text).not.toContain("trace_id");
  });

  it("beyond its bound counts under other", async () => {
    const metrics = createMetrics();
    const sizes = metrics.histogram("sizes", "Sizes.", [1], ["shop"], { most: 1 });
    for (const shop of ["a", "b", "c"]) sizes.at(shop).observe(1);

    expect(await about(metrics, "sizes_count")).toEqual(['sizes_count{shop="a"} 1', 'sizes_count{shop="other"} 2']);
  });
});

describe("what Prometheus reads", () => {
  it.each([
    ["text, when nothing is asked for", undefined, "text/plain; version=0.0.4; charset=utf-8"],
    ["text, when a browser asks", "text/html,*/*;q=0.8", "text/plain; version=0.0.4; charset=utf-8"],
    ["OpenMetrics, when Prometheus asks", openMetrics, "application/openmetrics-text; version=1.0.0; charset=utf-8"],
  ])("is %s", async (_, accept, type) => {
    expect((await createMetrics().exposition(accept)).type).toBe(type);
  });

  it("ends as its format demands", async () => {
    const metrics = createMetrics();

    expect((await metrics.exposition(openMetrics)).text).toMatch(/[^\n]\n# EOF\n$/);
    expect((await metrics.exposition()).text).not.toContain("# EOF");
    expect((await metrics.exposition()).text).toMatch(/[^\n]\n$/);
  });

  it.each([
    ["text", ""],
    ["OpenMetrics", openMetrics],
  ])("is one sample a line in %s, whatever a label says", async (_, accept) => {
    const metrics = createMetrics();
    metrics.counter("asked_total", "Asked.", ["what"]).at('a "quoted" \\ text\nof two lines').value += 1;

    expect(await about(metrics, "asked_total{", accept)).toEqual([
      'asked_total{what="a \\"quoted\\" \\\\ text\\nof two lines"} 1',
    ]);
  });

  it("has every metric once: a name that is taken is refused", () => {
    const metrics = createMetrics();
    metrics.counter("views_total", "Views.");

    expect(() => metrics.counter("views_total", "Views again.")).toThrow("views_total");
  });

  it("has what a library measures by itself, as far as it is wanted", async () => {
    const metrics = createMetrics();
    const library = new Registry();
    const { Counter, Gauge } = await import("prom-client");
    new Counter({ name: "library_calls_total", help: "Calls.", labelNames: ["kind"], registers: [library] }).inc({
      kind: "a",
    });
    new Gauge({ name: "library_noise", help: "Noise.", registers: [library] });

    metrics.adopt(library, (name) => name !== "library_noise");

    for (const accept of ["", openMetrics]) {
      expect(await about(metrics, "library_calls_total{", accept)).toEqual(['library_calls_total{kind="a"} 1']);
      expect(await about(metrics, "library_noise", accept)).toEqual([]);
    }
  });

  it("is declared, for the documents to be made of", () => {
    const metrics = createMetrics();
    metrics.counter("views_total", "Views.", ["product"]);
    metrics.histogram("seconds", "How long.", [1]);

    expect(metrics.declared.slice(-2)).toEqual([
      { name: "views_total", type: "counter", help: "Views.", labels: ["product"] },
      { name: "seconds", type: "histogram", help: "How long.", labels: [] },
    ]);
  });
});

import { type OpenMetricsContentType, Registry } from "prom-client";
import { createDistribution, type Distribution } from "./distribution.ts";
import { createSeries, type Series } from "./series.ts";

/** A number that Prometheus reads. */
export interface Cell {
  value: number;
}

/** A metric as it is declared; docs/metrics.md is made of these. */
export interface MetricDeclaration {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "untyped";
  readonly help: string;
  readonly labels: readonly string[];
}

interface Options {
  /** The most combinations of label values; what comes beyond is counted as "other". */
  readonly most?: number;
  /** How many of the last labels keep their value then. */
  readonly kept?: number;
}

/** A value with its label values, as a gauge reads it when it is scraped. */
export type Reading = readonly [value: number, ...labels: string[]];

/** The metrics of one process. */
export interface Metrics {
  /** Only grows. The name ends in "_total". */
  counter(name: string, help: string, labels?: readonly string[], options?: Options): Series<Cell>;
  /** A counter whose name, known to dashboards, does not say so. */
  untyped(name: string, help: string, labels?: readonly string[], options?: Options): Series<Cell>;
  /** Goes up and down. */
  gauge(name: string, help: string, labels?: readonly string[], options?: Options): Series<Cell>;
  /** Goes up and down, and is read when it is scraped. */
  reading(name: string, help: string, labels: readonly string[], read: () => Readings | Promise<Readings>): void;
  /** How values are distributed over buckets, given by their upper bounds. */
  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly string[],
    options?: Options,
  ): Series<Distribution>;
  /** Takes over what a library measures by itself. */
  adopt(registry: Registry, wanted: (name: string) => boolean): void;
  readonly declared: readonly MetricDeclaration[];
  /** What Prometheus reads: as OpenMetrics, with exemplars, if it asks for that; else as its own text. */
  exposition(accept?: string): Promise<{ type: string; text: string }>;
}

export type Readings = Iterable<Reading>;

/** What prom-client writes out for one metric. */
interface Sample {
  readonly labels: Record<string, string | number>;
  readonly value: number;
  readonly metricName?: string;
  readonly exemplar?: object | null;
}

const MOST = 200;

/**
 * The metrics of a process. What is counted is kept in plain cells, since it is counted at each call: prom-client's own
 * metrics take 0.3 to 0.7 µs each time, a cell some ns. prom-client writes them out, in both of Prometheus's formats.
 */
export function createMetrics(): Metrics {
  const text = new Registry();
  const openMetrics = new Registry<OpenMetricsContentType>();
  openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const declared: MetricDeclaration[] = [];

  const publish = (metric: MetricDeclaration, read: () => readonly Sample[] | Promise<readonly Sample[]>) => {
    const { name, help, type } = metric;
    declared.push(metric);
    const shown = { name, help, aggregator: "sum" };
    const get = async () => ({ ...shown, type, values: await read() });
    text.registerMetric({ ...shown, type, get } as never);
    // There a counter goes by its name without the suffix, which its samples have, and what is untyped is unknown.
    const open = { ...shown, name: name.replace(/_total$/, ""), type: type === "untyped" ? "unknown" : type };
    openMetrics.registerMetric({ ...open, get: async () => ({ ...open, values: await read() }) } as never);
  };

  const series = <C>(
    { name, labels }: MetricDeclaration,
    create: () => C,
    { most = MOST, kept = 0 }: Options = {},
  ): Series<C> => {
    const overflowed = () => {
      overflow.at(name).value += 1;
    };
    const all = createSeries(most, create, overflowed, kept);
    // What has no labels is 0 from the start, rather than away until something happens.
    if (labels.length === 0) all.at();
    return all;
  };

  const cells = (metric: MetricDeclaration, options?: Options): Series<Cell> => {
    const all = series(metric, () => ({ value: 0 }), options);
    publish(metric, () =>
      Array.from(all.entries(), ([values, { value }]) => ({ labels: named(metric.labels, values), value })),
    );
    return all;
  };

  const metrics: Metrics = {
    declared,
    counter: (name, help, labels = [], options) => cells({ name, type: "counter", help, labels }, options),
    untyped: (name, help, labels = [], options) => cells({ name, type: "untyped", help, labels }, options),
    gauge: (name, help, labels = [], options) => cells({ name, type: "gauge", help, labels }, options),

    reading(name, help, labels, read) {
      const sample = ([value, ...values]: Reading) => ({ labels: named(labels, values), value });
      // A figure that cannot be read is missing; that is no reason to miss the others.
      const readings = async () => Array.from(await read(), sample);
      publish({ name, type: "gauge", help, labels }, () => readings().catch(() => []));
    },

    histogram(name, help, buckets, labels = [], options) {
      const metric = { name, type: "histogram", help, labels } as const;
      const all = series(metric, () => createDistribution(buckets), options);
      publish(metric, () =>
        Array.from(all.entries()).flatMap(([values, cell]) => samplesOf(name, named(labels, values), cell)),
      );
      return all;
    },

    adopt(registry, wanted) {
      for (const metric of registry.getMetricsAsArray()) {
        const { name, help, type, labelNames, get } = metric as unknown as Adopted;
        if (wanted(name)) {
          publish({ name, help, type, labels: labelNames }, async () => (await get.call(metric)).values);
        }
      }
    },

    async exposition(accept = "") {
      const registry = accept.includes("application/openmetrics-text") ? openMetrics : text;
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };

  const overflow: Series<Cell> = metrics.counter(
    "telemetry_overflow_total",
    'Observations counted under "other", since their metric had as many combinations of label values as it may.',
    ["metric"],
  );
  return metrics;
}

interface Adopted extends MetricDeclaration {
  readonly labelNames: readonly string[];
  get(): Promise<{ values: Sample[] }>;
}

const named = (labels: readonly string[], values: readonly string[]) =>
  Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ""]));

function samplesOf(name: string, labels: Record<string, string>, { buckets, sum, count }: Distribution): Sample[] {
  return [
    ...buckets().map(({ le, count, exemplar }) => ({
      metricName: `${name}_bucket`,
      labels: { le, ...labels },
      value: count,
      ...(exemplar && { exemplar }),
    })),
    { metricName: `${name}_sum`, labels, value: sum() },
    { metricName: `${name}_count`, labels, value: count() },
  ];
}

import { type Name, topology } from "../../libs/contract/src/topology.ts";
import { durations } from "../../libs/telemetry/src/buckets.ts";
import type { MetricDeclaration } from "../../libs/telemetry/src/metrics.ts";
import { cell, type Signals } from "./signals.ts";

const unitOf = ({ name }: MetricDeclaration): string => {
  if (/_seconds(_total)?$/.test(name)) return "seconds";
  if (/_bytes(_total)?$/.test(name)) return "bytes";
  if (/_usd_total$/.test(name)) return "US dollars";
  if (/(_value|_amount)_total$/.test(name)) return "units of `currency`";
  return "";
};

const row = (metric: MetricDeclaration) => {
  const labels = metric.labels.map((label) => `\`${label}\``).join(", ");
  return `| \`${metric.name}\` | ${metric.type} | ${labels} | ${unitOf(metric)} | ${cell(metric.help)} |`;
};

const table = (metrics: readonly MetricDeclaration[]) =>
  ["| metric | type | labels | unit | meaning |", "|---|---|---|---|---|", ...metrics.map(row)].join("\n");

/** Who has a metric, as a heading. */
function inWords(owners: readonly Name[], everyone: readonly Name[]): string {
  const missing = everyone.filter((name) => !owners.includes(name));
  if (missing.length === 0) return "Every service";
  if (missing.length === 1) return `Every service but the ${missing.map((name) => topology[name].workload)}`;
  return owners.map((name) => topology[name].workload).join(", ");
}

/** docs/metrics.md, from what the services declare. */
export function metrics(declared: ReadonlyMap<Name, Signals>): string {
  // By who has a metric: what all have, what several have, and what is one service's own business.
  const owners = new Map<string, { metric: MetricDeclaration; names: Name[] }>();
  for (const [name, signals] of declared) {
    for (const metric of signals.metrics) {
      const owner = owners.get(metric.name) ?? { metric, names: [] };
      owner.names.push(name);
      owners.set(metric.name, owner);
    }
  }
  const groups = Map.groupBy(owners.values(), ({ names }) => inWords(names, [...declared.keys()]));
  const sections = [...groups]
    .sort(([, [one]], [, [other]]) => (other?.names.length ?? 0) - (one?.names.length ?? 0))
    .map(([who, entries]) => {
      const own = entries.map(({ metric }) => metric);
      const business = own.filter(({ labels }) => labels.includes("synthetic"));
      return `## ${who}\n\n${table([...business, ...own.filter((metric) => !business.includes(metric))])}`;
    });

  return `# Metrics

Every service serves its metrics at \`/metrics\` on port 9090: in Prometheus's text format, or as OpenMetrics where that
is asked for (\`Accept: application/openmetrics-text\`, as Prometheus does), then with exemplars: the id of a trace in
each bucket of a duration.

- The names and labels of gRPC's metrics are go-grpc-middleware's, so that dashboards and alerts made for those work.
- Durations have these buckets, in seconds:
  ${durations.join(", ")}.
  Around 0.4, 0.5 and 3 s they are at most 10 % apart, so a p99 there is right to 10 %.
- \`route\` is a template such as \`/product/:id\`, never a path.
- \`synthetic\` is \`true\` for requests that come with the W3C baggage \`synthetic_request=true\`, as load generators send
  it, and \`false\` for all others: add \`{synthetic="false"}\` to leave the load generator out of a figure.
- No label takes what strangers write freely; from ids that callers give, what may be personal is taken out. Each metric
  has a bounded number of label values: what comes beyond is counted as \`other\` and in \`telemetry_overflow_total\`. A
  service stays below 1,500 series whatever it is sent.

A service says what it measures: \`npx node services/cart/src/main.ts --signals\`. This page is written of it by
\`npm run docs\`.

${sections.join("\n\n")}
`;
}

import { type Name, topology } from "../../libs/contract/src/topology.ts";
import type { EventDeclaration } from "../../libs/telemetry/src/business.ts";
import { cell, type Signals } from "./signals.ts";

const period = (milliseconds: number) => (milliseconds === 60_000 ? "minute" : `${milliseconds / 60_000} minutes`);

function when({ window, level, atMostEvery }: EventDeclaration): string {
  if (window) {
    const early = window.events ? `, or as soon as ${window.events} were counted` : "";
    return `A report, every ${period(window.every)}${early}.`;
  }
  const rare = atMostEvery ? `, at most once in ${atMostEvery / 1_000} s` : "";
  return `Written each time${level === "debug" ? ", with `LOG_LEVEL=debug`" : ""}${rare}.`;
}

function section(event: EventDeclaration): string {
  const rows = Object.entries(event.fields).map(
    ([name, { kind, about }]) => `| \`${name}\` | ${kind} | ${cell(about)} |`,
  );
  const table = ["| field | kind | meaning |", "|---|---|---|", ...rows].join("\n");
  const schema = event.schema > 1 ? ` Schema ${event.schema}.` : "";
  return `### ${event.name}\n\n${event.about} ${when(event)}${schema}\n\n${table}`;
}

/** docs/events.md, from what the services declare. */
export function events(declared: ReadonlyMap<Name, Signals>): string {
  const sections = [...declared]
    .filter(([, { events }]) => events.length > 0)
    .map(([name, { events }]) => `## ${topology[name].workload}\n\n${events.map(section).join("\n\n")}`);

  return `# Business events

Besides its log, each service writes what business it does: events when they happen, and reports of what was counted over
a window of time. Each is one JSON object on a line of stdout, among the log's own lines, and has

| field | meaning |
|---|---|
| \`event\` | its name |
| \`schema\` | the version of its fields; it goes up when a field changes its meaning or goes |
| \`service\`, \`version\`, \`timestamp\`, \`severity\`, \`message\` | as in every line of the log |
| \`trace_id\`, \`span_id\` | the request that it happened in; reports have none |
| \`synthetic\` | true where a load generator did it (W3C baggage \`synthetic_request=true\`); reports are written for both apart |
| \`omitted\` | of an event that is written at most so often: how many were left out since the last |

Reports have \`window_s\`, the length of the window in seconds, \`ended_by\` (\`time\`, \`events\` or \`stop\`) and, if there
was more than there is room for, \`dropped\`. A window in which nothing was done is not reported; the last one is reported
when the service stops.

- The figures of reports are those of the metrics (docs/metrics.md): counted by the same call.
- Money is exact and never added across currencies: an amount is a decimal number in a text, its currency stands beside
  it.
- Nothing personal is written: of a shopper a hash whose key is the deployment's (\`EVENT_KEY\`), of an e-mail address the
  domain, of a card its kind and its last four digits. What strangers write freely, such as a search, is cut, and what
  looks like a number of a card or an address is taken out.

A service says what it writes: \`npx node services/cart/src/main.ts --signals\`. This page is written of it by \`npm run docs\`.

${sections.join("\n\n")}
`;
}

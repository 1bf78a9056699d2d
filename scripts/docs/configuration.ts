import { type Name, names, topology } from "../../libs/contract/src/topology.ts";
import { saidBy } from "./service.ts";

interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly about: string;
}

function variablesOf(name: Name): Variable[] {
  const entries = saidBy(name, "--help").matchAll(/^ {2}(\w+)(?: \((.*)\))?\n {6}(.*)$/gm);
  return [...entries].map(([, name = "", fallback = "", about = ""]) => ({ name, fallback, about }));
}

/** The variables of all services; those that mean the same to several stand once. */
function table(): string {
  const rows = new Map<string, { variable: Variable; services: string[] }>();
  for (const name of names) {
    for (const variable of variablesOf(name)) {
      const key = `${variable.name} ${variable.about} ${variable.fallback}`;
      const row = rows.get(key) ?? { variable, services: [] };
      row.services.push(topology[name].workload);
      rows.set(key, row);
    }
  }
  const line = ({ variable: { name, fallback, about }, services }: { variable: Variable; services: string[] }) => {
    const who = services.length === names.length ? "all" : services.join(", ");
    return `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${about.replaceAll("|", "\\|")} | ${who} |`;
  };
  const sorted = [...rows.values()].sort((a, b) => a.variable.name.localeCompare(b.variable.name));
  return ["| variable | default | meaning | of |", "|---|---|---|---|", ...sorted.map(line)].join("\n");
}

/** docs/configuration.md, from what each service says of itself with --help. */
export const configuration = () => `# Configuration

Each service is told by its environment, and says what it can be told: \`npx node services/cart/src/main.ts --help\`.
A value that makes no sense ends the start with one line that names every such variable. An empty value counts as none.
In a cluster nothing needs to be set: each address defaults to the workload's name and port.

${table()}

\`LISTEN_ADDR\` is read where \`HOST\` is not set, and \`ASPNETCORE_HTTP_PORTS\` where \`PORT\` is not: the original shop's
manifests use them.

What \`FAULT_*\` and \`CANARY\` do is told in [fault-injection.md](fault-injection.md).

This page is written by \`npm run docs\`.
`;

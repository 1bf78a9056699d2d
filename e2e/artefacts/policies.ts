import { type Labels, type Manifest, ofKind, picks, type Workload } from "./objects.ts";

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: "In"; readonly values: string[] }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: object;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number; readonly protocol?: string }[];
}

interface Policy extends Manifest {
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** Which pods of a namespace may open a connection to which, as Kubernetes reads the policies: "from → to:port". */
export function allowed(objects: readonly Manifest[], workloads: readonly Workload[]): readonly string[] {
  const policies = ofKind<Policy>("NetworkPolicy", objects);
  const pods = workloads.map(({ metadata, spec }) => ({
    name: metadata.name,
    labels: spec.template.metadata.labels,
    ports: spec.template.spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
  }));
  const may = (type: "Ingress" | "Egress", own: Labels, other: Labels, port: number) => {
    const chosen = policies.filter(({ spec }) => spec.policyTypes.includes(type) && chooses(spec.podSelector, own));
    const rules = chosen.flatMap(({ spec }) => (type === "Ingress" ? spec.ingress : spec.egress) ?? []);
    return chosen.length === 0 || rules.some((rule) => lets(rule, other, port));
  };
  return pods
    .flatMap((from) => pods.filter((to) => to !== from).flatMap((to) => to.ports.map((port) => ({ from, to, port }))))
    .filter(
      ({ from, to, port }) =>
        may("Egress", from.labels, to.labels, port) && may("Ingress", to.labels, from.labels, port),
    )
    .map(({ from, to, port }) => `${from.name} → ${to.name}:${port}`)
    .sort();
}

const chooses = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels) =>
  picks(matchLabels, labels) && matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ""));

function lets({ from, to, ports }: Rule, other: Labels, port: number): boolean {
  const peers = from ?? to;
  const someone = !peers || peers.some(({ podSelector }) => !podSelector || chooses(podSelector, other));
  return someone && (!ports || ports.some((open) => open.port === port && (open.protocol ?? "TCP") === "TCP"));
}

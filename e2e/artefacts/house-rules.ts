import {
  amount,
  type Container,
  type Labels,
  type Manifest,
  ofKind,
  type PodSpec,
  picks,
  type Service,
  type Workload,
  workloadsIn,
} from "./objects.ts";

/** What every build of the manifests has to keep; what it does not is said in words, one sentence for each breach. */
export function breaches(objects: readonly Manifest[]): string[] {
  const workloads = workloadsIn(objects);
  return [
    ...objects.flatMap(ofObject),
    ...doubles(objects),
    ...workloads.flatMap((owner) => [
      ...ofWorkload(owner, objects),
      ...ofPod(owner.spec.template.spec).map(said(owner)),
    ]),
    ...ofKind<Service>("Service", objects).flatMap((service) => ofService(service, workloads)),
    ...ofKind("HorizontalPodAutoscaler", objects).flatMap((scaler) => ofScaler(scaler, objects)),
    ...ofKind("PodDisruptionBudget", objects).flatMap((budget) => ofBudget(budget, workloads)),
  ];
}

const said =
  ({ metadata: { name } }: Manifest) =>
  (words: string) =>
    `${name} ${words}`;
const when = (breach: boolean, words: string): string[] => (breach ? [words] : []);

function ofObject({ kind, metadata: { name, namespace, labels } }: Manifest): string[] {
  return [
    ...when(namespace !== undefined, `${kind} ${name} names a namespace`),
    ...when(
      labels?.["app.kubernetes.io/part-of"] !== "online-boutique",
      `${kind} ${name} is not labelled as part of the shop`,
    ),
  ];
}

function doubles(objects: readonly Manifest[]): string[] {
  const keys = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} is there twice`);
}

function ofWorkload(owner: Workload, objects: readonly Manifest[]): string[] {
  const { name } = owner.metadata;
  const { selector, template } = owner.spec;
  const account = ofKind("ServiceAccount", objects).find(({ metadata }) => metadata.name === name);
  return [
    ...when(Object.keys(selector.matchLabels).join() !== "app", "selects its pods by more than the label app"),
    ...when(!picks(selector.matchLabels, template.metadata.labels), "does not select its own pods"),
    ...when(
      "app.kubernetes.io/version" in template.metadata.labels,
      "restarts at each version: its pods are labelled with it",
    ),
    ...when(template.spec.serviceAccountName !== name || !account, "has no service account of its name"),
    ...when(account?.automountServiceAccountToken !== false, "has a service account whose token is mounted"),
  ].map(said(owner));
}

/** The user that images are made for, or none, which leaves it to the cluster. */
const isOurs = (user: unknown) => user === 1_000 || user === undefined;

/** What Pod Security calls restricted, and a bit more. */
function ofPod(pod: PodSpec): string[] {
  const { runAsNonRoot, runAsUser, fsGroup, seccompProfile } = pod.securityContext ?? {};
  return [
    ...when(runAsNonRoot !== true || !isOurs(runAsUser) || !isOurs(fsGroup), "may run as root"),
    ...when((seccompProfile as Labels | undefined)?.type !== "RuntimeDefault", "has no seccomp profile"),
    ...when(pod.automountServiceAccountToken !== false, "mounts a token"),
    ...when(pod.enableServiceLinks !== false, "is told of all Services by its environment"),
    ...when(
      ["hostNetwork", "hostPID", "hostIPC"].some((field) => pod[field]),
      "shares something of its node",
    ),
    ...when(JSON.stringify(pod.volumes ?? []).includes("hostPath"), "mounts a folder of its node"),
    ...[...pod.containers, ...(pod.initContainers ?? [])].flatMap((container) => ofContainer(container, pod)),
  ];
}

function ofContainer({ env = [], resources, securityContext, lifecycle }: Container, pod: PodSpec): string[] {
  const { requests, limits } = resources ?? {};
  const { allowPrivilegeEscalation, privileged, readOnlyRootFilesystem, capabilities } = securityContext ?? {};
  const wait = lifecycle?.preStop?.sleep?.seconds ?? 0;
  return [
    ...when(allowPrivilegeEscalation !== false || privileged !== false, "may gain rights"),
    ...when(JSON.stringify(capabilities) !== '{"drop":["ALL"]}', "keeps capabilities"),
    ...when(readOnlyRootFilesystem !== true, "may write to its image"),
    ...when(!requests?.cpu || !requests.memory, "does not say what CPU and memory it needs"),
    ...when(!limits?.memory || amount(limits.memory) < amount(requests?.memory), "has no limit of memory"),
    ...when(limits?.cpu !== undefined, "has a limit of CPU, which throttles its start"),
    ...when(wait > 0 && (pod.terminationGracePeriodSeconds ?? 0) < wait + 15 + 5, "is killed before it has stopped"),
    ...env.flatMap(({ name, value = "" }, place) => {
      const before = env.slice(0, place).map((variable) => variable.name);
      const missing = [...value.matchAll(/\$\((\w+)\)/g)].filter(([, used = ""]) => !before.includes(used));
      return missing.map(([, used]) => `uses ${used} in ${name}, which does not stand before it`);
    }),
    ...when(new Set(env.map(({ name }) => name)).size !== env.length, "has a variable twice"),
  ];
}

function ofService(service: Service, workloads: readonly Workload[]): string[] {
  const { selector, ports } = service.spec;
  const behind = workloads.filter(({ spec }) => picks(selector, spec.template.metadata.labels));
  const [only] = behind;
  const offered = only?.spec.template.spec.containers.flatMap((container) => container.ports ?? []) ?? [];
  return [
    ...when(Object.keys(selector).join() !== "app", "selects pods by more than the label app"),
    ...when(behind.length !== 1, `stands before ${behind.length} workloads`),
    ...ports.flatMap(({ name, targetPort }) => [
      ...when(
        !/^(grpc|http|http-metrics|tcp-redis)$/.test(name),
        `has a port ${name}, whose protocol a mesh cannot tell`,
      ),
      ...when(!offered.some((port) => port.name === targetPort), `sends to a port ${targetPort} that is not there`),
    ]),
  ].map(said(service));
}

function ofScaler(scaler: Manifest, objects: readonly Manifest[]): string[] {
  const { scaleTargetRef, minReplicas, maxReplicas } = scaler.spec as {
    scaleTargetRef: { kind: string; name: string };
    minReplicas: number;
    maxReplicas: number;
  };
  const target = workloadsIn(objects).find(
    ({ kind, metadata }) => kind === scaleTargetRef.kind && metadata.name === scaleTargetRef.name,
  );
  const budgets = ofKind("PodDisruptionBudget", objects);
  return [
    ...when(!target, `scales ${scaleTargetRef.name}, which is not there`),
    ...when(target?.metadata.name !== scaler.metadata.name, "scales another than its name says"),
    ...when(target?.spec.replicas !== undefined, "scales what is set back by each apply: it says its replicas"),
    ...when(minReplicas < 2 || maxReplicas <= minReplicas, "leaves no room to scale from two on"),
    ...when(!budgets.some(({ metadata }) => metadata.name === scaler.metadata.name), "scales what no budget protects"),
  ].map(said(scaler));
}

function ofBudget(budget: Manifest, workloads: readonly Workload[]): string[] {
  const { selector, maxUnavailable } = budget.spec as { selector: { matchLabels: Labels }; maxUnavailable?: number };
  const behind = workloads.filter(({ spec }) => picks(selector.matchLabels, spec.template.metadata.labels));
  return [
    ...when(behind.length !== 1, `protects ${behind.length} workloads`),
    ...when(maxUnavailable !== 1, "lets go another number than one pod at a time"),
  ].map(said(budget));
}

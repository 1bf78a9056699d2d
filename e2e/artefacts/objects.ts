/** An object of Kubernetes, as far as the tests look at it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly automountServiceAccountToken?: boolean;
}

export type Labels = Readonly<Record<string, string>>;

/** A Deployment or StatefulSet. */
export interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
      readonly spec: PodSpec;
    };
    readonly [field: string]: unknown;
  };
}

/** What a pod is made of. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccountName?: string;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly terminationGracePeriodSeconds?: number;
  readonly [field: string]: unknown;
}

/** A container, with what the tests ask of it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities };
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

type Quantities = { readonly cpu?: string; readonly memory?: string };
type Probe = Readonly<Record<string, unknown>>;

/** A Service. */
export interface Service extends Manifest {
  readonly spec: {
    readonly type?: string;
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: string;
      readonly nodePort?: number;
    }[];
  };
}

/** The objects of one kind. */
export const ofKind = <M extends Manifest = Manifest>(kind: string, objects: readonly Manifest[]): readonly M[] =>
  objects.filter((object) => object.kind === kind) as unknown as readonly M[];

/** All that runs pods. */
export const workloadsIn = (objects: readonly Manifest[]): readonly Workload[] => [
  ...ofKind<Workload>("Deployment", objects),
  ...ofKind<Workload>("StatefulSet", objects),
];

/** The workload of a name; throws where there is none. */
export function workload(name: string, objects: readonly Manifest[]): Workload {
  const found = workloadsIn(objects).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`there is no workload ${name}`);
  return found;
}

/** The one container of a workload's pods; throws where there are more. */
export function containerOf({ metadata, spec }: Workload): Container {
  const [only, ...more] = spec.template.spec.containers;
  if (!only || more.length > 0) throw new Error(`${metadata.name} has ${more.length + 1} containers`);
  return only;
}

/** The environment of a workload by name; what comes from elsewhere than its manifest is empty. */
export const environmentOf = (owner: Workload): Readonly<Record<string, string>> =>
  Object.fromEntries((containerOf(owner).env ?? []).map(({ name, value = "" }) => [name, value]));

/** Whether labels are among those that a selector picks. */
export const picks = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Millicores of a quantity of CPU, or MiB of one of memory. */
export function amount(quantity = "0"): number {
  const [, digits, unit] = /^(\d+)(m|Mi|Gi)?$/.exec(quantity) ?? [];
  if (digits === undefined) throw new Error(`${quantity} is no quantity that the manifests use: m, Mi or Gi`);
  return Number(digits) * ({ m: 1, Mi: 1, Gi: 1_024 }[unit ?? ""] ?? 1_000);
}

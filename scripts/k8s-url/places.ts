/** The Service by which people come in, as far as it matters where it answers. */
export interface WayIn {
  readonly spec: {
    readonly type: string;
    readonly ports: readonly { readonly port: number; readonly nodePort?: number }[];
  };
  readonly status: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

/** A node, as far as it matters where it answers. */
export interface Node {
  readonly metadata?: { readonly name: string };
  readonly spec?: { readonly providerID?: string };
  readonly status: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

/**
 * Where the shop may answer, the likeliest first: the addresses of a load balancer, those of this machine that lead to a
 * node which is a container (kind's, by k8s/kind.yaml), then the port of each node, outer addresses before inner ones, then
 * the same port here, where Docker Desktop has it.
 */
export function places({ spec, status }: WayIn, nodes: readonly Node[], led: readonly string[]): readonly string[] {
  const [{ port = 80, nodePort } = {}] = spec.ports;
  const balanced = (status.loadBalancer?.ingress ?? []).flatMap(({ hostname, ip }) => hostname ?? ip ?? []);
  const of = (type: string) =>
    nodes.flatMap((node) =>
      (node.status.addresses ?? []).filter((each) => each.type === type).map(({ address }) => address),
    );
  return [
    ...balanced.map((host) => url(host, port)),
    ...led.map((address) => `http://${address}`),
    ...(nodePort ? [...of("ExternalIP"), ...of("InternalIP")].map((host) => url(host, nodePort)) : []),
    ...(nodePort ? [url("127.0.0.1", nodePort)] : []),
  ];
}

/** The addresses of this machine in what `docker port` says of a node, one a line, such as "0.0.0.0:8080". */
export const addressesIn = (said: string): readonly string[] =>
  said
    .split("\n")
    .filter((line) => /:\d+$/.test(line))
    .map((line) => line.replace(/^(0\.0\.0\.0|\[::\]|::)(?=:\d+$)/, "127.0.0.1"));

const url = (host: string, port: number) =>
  `http://${host.includes(":") ? `[${host}]` : host}${port === 80 ? "" : `:${port}`}`;

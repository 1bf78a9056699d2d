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
  readonly spec?: { readonly providerID?: string };
  readonly status: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

/**
 * Where the shop may answer, the likeliest first: the addresses of a load balancer, then the port of each node, outer
 * addresses before inner ones, then this machine, where Docker Desktop has it. A kind cluster's nodes are containers, whose
 * port k8s/kind.yaml leads to 127.0.0.1.
 */
export function places({ spec, status }: WayIn, nodes: readonly Node[], context: string): readonly string[] {
  const [{ port = 80, nodePort } = {}] = spec.ports;
  const balanced = (status.loadBalancer?.ingress ?? []).flatMap(({ hostname, ip }) => hostname ?? ip ?? []);
  const of = (type: string) =>
    nodes.flatMap((node) =>
      (node.status.addresses ?? []).filter((each) => each.type === type).map(({ address }) => address),
    );
  return [
    ...balanced.map((host) => url(host, port)),
    ...(nodePort && context.startsWith("kind-") ? ["http://127.0.0.1:8080"] : []),
    ...(nodePort ? [...of("ExternalIP"), ...of("InternalIP")].map((host) => url(host, nodePort)) : []),
    ...(nodePort ? [url("127.0.0.1", nodePort)] : []),
  ];
}

const url = (host: string, port: number) =>
  `http://${host.includes(":") ? `[${host}]` : host}${port === 80 ? "" : `:${port}`}`;

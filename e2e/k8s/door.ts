import { get, type Item } from "./cluster.ts";

/** A Service, as far as the tests look at it. */
export interface Service extends Item {
  readonly metadata: Item["metadata"] & { readonly namespace: string };
  readonly spec: { readonly type: string; readonly ports: readonly { readonly nodePort?: number }[] };
}

// Of the component node-port. It is the cluster's, whatever the namespace.
const NODE_PORT = 30_080;

/** Rejects, saying whose it is, when somebody has the port of the nodes that overlays open. */
export async function expectFreePort(): Promise<void> {
  const services = await get<Service>("services", "--all-namespaces");
  const owner = services.find(({ spec }) => (spec.ports ?? []).some(({ nodePort }) => nodePort === NODE_PORT));
  if (!owner) return;
  const { name, namespace } = owner.metadata;
  throw new Error(
    `port ${NODE_PORT} of the nodes is taken by the Service ${name} in the namespace ${namespace}: remove that shop first, ` +
      `kubectl delete -k k8s/overlays/local --namespace ${namespace}`,
  );
}

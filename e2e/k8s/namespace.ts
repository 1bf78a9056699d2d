import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { create, expectCluster, kubectl } from "./cluster.ts";

const profile = "pod-security.kubernetes.io";
const restricted = Object.fromEntries(
  ["enforce", "warn"].flatMap((mode) => [
    [`${profile}/${mode}`, "restricted"],
    [`${profile}/${mode}-version`, "latest"],
  ]),
);

/** What everything is labelled with that tests put into a cluster beside their shops, to find it by if they were killed. */
export const ours = { "app.kubernetes.io/managed-by": "boutique-e2e" };

/** Makes a namespace of a test's own and returns its name; it takes no pod that the restricted profile refuses. */
export const openNamespace = (): Promise<string> => makeNamespace(restricted);

/** Makes one that takes any pod: for what prepares the node. */
export const openPrivilegedNamespace = (): Promise<string> => makeNamespace({ [`${profile}/enforce`]: "privileged" });

async function makeNamespace(labels: Readonly<Record<string, string>>): Promise<string> {
  await expectCluster();
  const name = `boutique-e2e-${randomBytes(3).toString("hex")}`;
  await create({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { ...labels, ...ours } } });
  // No pod is taken before its account is there, which comes a moment after the namespace.
  const account = () => kubectl("get", "serviceaccount", "default", "--namespace", name, "--ignore-not-found");
  while (!(await account())) await pause(200);
  return name;
}

/** Removes a namespace and all that is in it, and waits until it is gone. */
export async function removeNamespace(name: string): Promise<void> {
  // Pods first, and in haste: of a namespace with pods that take their time, Kubernetes looks away for half of that time.
  const kinds = "deployments,replicasets,statefulsets,pods";
  const emptied = kubectl("delete", kinds, "--all", "--namespace", name, "--grace-period=1", "--timeout=60s");
  await emptied.finally(() => kubectl("delete", "namespace", name, "--ignore-not-found", "--timeout=90s"));
}

/** Has a namespace removed whose end nobody needs to see. */
export const leaveNamespace = (name: string): Promise<string> =>
  kubectl("delete", "namespace", name, "--ignore-not-found", "--wait=false");

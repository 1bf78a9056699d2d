import { expect } from "vitest";
import { get } from "./cluster.ts";
import { runWith } from "./kustomization.ts";
import type { Shop } from "./shop.ts";

// What Kubernetes puts into every namespace.
const ownOfNamespace = new Set(["ConfigMap/kube-root-ca.crt", "ServiceAccount/default"]);

/** Applies the base, or an overlay, and expects no warning, and all of it ready within 30 seconds. */
export async function expectReadySoon(shop: Shop, name: string): Promise<void> {
  const since = performance.now();

  const warnings = await shop.applyFolder(name, 30);

  console.log(`${name} ready after ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  expect(warnings).toBe("");
}

/** Deletes what was applied, and expects that nothing of it is left. */
export async function expectRemoved({ namespace }: Shop, name: string): Promise<void> {
  await runWith(name, "delete", "--namespace", namespace, "--timeout=90s");

  const kinds = "all,configmap,secret,serviceaccount,persistentvolumeclaim,networkpolicy,poddisruptionbudget";
  const left = async () => {
    const found = await get(kinds, "--namespace", namespace);
    return found.map(({ kind, metadata: { name } }) => `${kind}/${name}`).filter((name) => !ownOfNamespace.has(name));
  };
  await expect.poll(left, { timeout: 60_000, interval: 500 }).toEqual([]);
}

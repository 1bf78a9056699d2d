import { create, get, type Item, kubectl } from "./cluster.ts";
import { ours } from "./namespace.ts";
import { onNode } from "./node.ts";

const isDefault = "storageclass.kubernetes.io/is-default-class";

/** A place for the carts of one namespace, where nobody in the cluster provides volumes. */
export interface Volume {
  /** Removes it, and what is in it. */
  remove(): Promise<void>;
}

/** Makes the volume that Redis claims, unless the cluster makes it itself. */
export async function provideVolume(namespace: string): Promise<Volume> {
  const classes = await get<Item>("storageclasses");
  if (classes.some(({ metadata }) => metadata.annotations?.[isDefault] === "true")) return { remove: async () => {} };
  const folder = `/var/tmp/${namespace}`;
  const node = await onNode("fs.chmodSync('/data', 0o777)", { folder });
  const empty = async () => {
    await onNode(`fs.rmSync("/data/${namespace}", { recursive: true })`, { folder: "/var/tmp", node });
  };
  await create({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: namespace, labels: ours },
    spec: {
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteOnce"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: "",
      hostPath: { path: folder },
      claimRef: { namespace, name: "data-redis-cart-0" },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }],
        },
      },
    },
  });
  return {
    async remove() {
      await kubectl("delete", "persistentvolume", namespace, "--ignore-not-found").finally(empty);
    },
  };
}

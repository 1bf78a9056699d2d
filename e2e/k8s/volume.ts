import { create, get, type Item, kubectl } from "./cluster.ts";
import { image } from "./image.ts";
import { leaveNamespace, openPrivilegedNamespace } from "./namespace.ts";
import { untilPods } from "./pods.ts";

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
  const path = `/var/tmp/${namespace}`;
  await onNode(path, "fs.chmodSync('/data', 0o777)");
  await create({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: namespace },
    spec: {
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteOnce"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: "",
      hostPath: { path },
      claimRef: { namespace, name: "data-redis-cart-0" },
    },
  });
  return {
    async remove() {
      await kubectl("delete", "persistentvolume", namespace, "--ignore-not-found");
      await onNode(path, "for (const name of fs.readdirSync('/data')) fs.rmSync('/data/' + name, { recursive: true })");
    },
  };
}

/** Runs a line of JavaScript as root, with a folder of the node as /data. */
async function onNode(path: string, script: string): Promise<void> {
  const namespace = await openPrivilegedNamespace();
  try {
    await create({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "keeper", namespace, labels: { app: "keeper" } },
      spec: {
        restartPolicy: "Never",
        containers: [
          {
            name: "keeper",
            image: image("frontend"),
            command: ["node", "-e", script],
            securityContext: { runAsUser: 0, runAsGroup: 0 },
            volumeMounts: [{ name: "data", mountPath: "/data" }],
          },
        ],
        volumes: [{ name: "data", hostPath: { path, type: "DirectoryOrCreate" } }],
      },
    });
    const [pod] = await untilPods(namespace, "keeper", ([pod]) => /Succeeded|Failed/.test(pod?.status.phase ?? ""));
    if (pod?.status.phase === "Failed") {
      throw new Error(`${path} could not be prepared: ${await kubectl("logs", "keeper", "--namespace", namespace)}`);
    }
  } finally {
    await leaveNamespace(namespace);
  }
}

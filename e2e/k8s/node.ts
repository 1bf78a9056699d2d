import { create, kubectl } from "./cluster.ts";
import { image } from "./image.ts";
import { leaveNamespace, openPrivilegedNamespace } from "./namespace.ts";
import { untilPods } from "./pods.ts";

/** What a line of JavaScript sees of a node. */
export interface Sight {
  /** The node; whichever the cluster chooses, if none is named. */
  readonly node?: string | undefined;
  /** A folder of it, made if need be, which is /data. */
  readonly folder?: string;
  /** All its processes, in /proc. */
  readonly processes?: boolean;
}

/** Runs a line of JavaScript as root on a node, and returns which node that was. */
export async function onNode(script: string, { node, folder, processes = false }: Sight): Promise<string> {
  const namespace = await openPrivilegedNamespace();
  try {
    await create({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "keeper", namespace, labels: { app: "keeper" } },
      spec: {
        restartPolicy: "Never",
        hostPID: processes,
        ...(node && { nodeName: node }),
        containers: [
          {
            name: "keeper",
            image: image("frontend"),
            command: ["node", "-e", script],
            securityContext: { runAsUser: 0, runAsGroup: 0, privileged: processes },
            ...(folder && { volumeMounts: [{ name: "data", mountPath: "/data" }] }),
          },
        ],
        ...(folder && { volumes: [{ name: "data", hostPath: { path: folder, type: "DirectoryOrCreate" } }] }),
      },
    });
    const [pod] = await untilPods(namespace, "keeper", ([pod]) => /Succeeded|Failed/.test(pod?.status.phase ?? ""));
    if (pod?.status.phase === "Succeeded") return pod.spec.nodeName;
    throw new Error(`a node would not run ${script}: ${await kubectl("logs", "keeper", "--namespace", namespace)}`);
  } finally {
    await leaveNamespace(namespace);
  }
}

/** Kills a program of a pod as the kernel would, without a word before. */
export async function killOutright(program: string, uid: string, node: string): Promise<void> {
  // A cgroup is named for its pod, with other dashes where systemd makes it.
  const script = `
    const isIts = (pid) => {
      try {
        const of = (file) => fs.readFileSync("/proc/" + pid + "/" + file, "utf8");
        return of("comm").trim() === "${program}" && of("cgroup").replaceAll("_", "-").includes("${uid}");
      } catch { return false; }
    };
    const found = fs.readdirSync("/proc").filter((pid) => Number(pid) && isIts(pid));
    if (found.length !== 1) throw new Error(found.length + " processes of that pod are ${program}");
    process.kill(Number(found[0]), "SIGKILL");`;
  await onNode(script, { node, processes: true });
}

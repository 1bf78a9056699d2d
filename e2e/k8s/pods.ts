import { setTimeout as pause } from "node:timers/promises";
import { get, isReady, kubectl, type Pod } from "./cluster.ts";
import { registry } from "./image.ts";

const LOOK_EVERY_MS = 500;
const missingImage = /^(ErrImage|ImagePull|InvalidImage|ErrImageNeverPull)/;

/** The pods of a namespace; those of one workload, if it is named. */
export const podsOf = (namespace: string, workload?: string): Promise<Pod[]> =>
  get<Pod>("pods", "--namespace", namespace, ...(workload ? ["--selector", `app=${workload}`] : []));

/** Looks at the pods until they are as wanted; rejects in words when that takes too long, or their image is missing. */
export async function untilPods(
  namespace: string,
  workload: string | undefined,
  wanted: (pods: readonly Pod[]) => boolean,
  seconds = 60,
): Promise<Pod[]> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const pods = await podsOf(namespace, workload);
    if (wanted(pods)) return pods;
    refuseMissingImages(pods);
    if (performance.now() > end) throw new Error(`after ${seconds} s:\n${await wordsOf(pods, namespace)}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Waits until a workload has so many pods, all of them ready, and none of those that are to be gone. */
export const untilReady = (
  namespace: string,
  workload: string,
  count: number,
  gone: readonly Pod[] = [],
): Promise<Pod[]> =>
  untilPods(namespace, workload, (pods) => {
    const old = new Set(gone.map(({ metadata }) => metadata.uid));
    const rest = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
    return rest.length === count && rest.every((pod) => isReady(pod) && !old.has(pod.metadata.uid));
  });

/** How often the containers of pods were started again, by pod; only those that were. */
export const restartsIn = (pods: readonly Pod[]): Record<string, number> =>
  Object.fromEntries(
    pods
      .map(({ metadata, status }) => [
        metadata.name,
        (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
      ])
      .filter(([, restarts]) => restarts !== 0),
  );

/** Rejects when the node could not find an image, saying which and what to do. */
export function refuseMissingImages(pods: readonly Pod[]): void {
  const images = pods
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .filter(({ state }) => missingImage.test(state.waiting?.reason ?? ""))
    .map(({ image }) => image);
  if (images.length === 0) return;
  const list = [...new Set(images)].join(" ");
  const remedy = registry
    ? `npm run images -- --push --registry ${registry}, and Redis's beside them (docs/kubernetes.md)`
    : `npm run images, then load them: kind load docker-image ${list}`;
  throw new Error(`the cluster has not got ${list}: ${remedy}`);
}

/** How pods are, in words, and the last lines of those that are not ready. */
export async function wordsOf(pods: readonly Pod[], namespace: string): Promise<string> {
  const ill = pods.filter((pod) => !isReady(pod)).slice(0, 3);
  const logs = ill.map(({ metadata: { name } }) =>
    kubectl("logs", name, "--namespace", namespace, "--tail=5").catch((error) => error.message),
  );
  return [...pods.map(inWords), ...(await Promise.all(logs))].join("\n") || "no pods";
}

function inWords(pod: Pod): string {
  const { metadata, status } = pod;
  const reasons = (status.conditions ?? []).filter(({ status }) => status !== "True").map(({ message }) => message);
  const waiting = (status.containerStatuses ?? []).map(({ state }) => state.waiting?.reason);
  return [metadata.name, isReady(pod) ? "ready" : status.phase, ...waiting, ...reasons].filter(Boolean).join(", ");
}

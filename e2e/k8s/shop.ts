import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { type Bought, buy } from "../../scripts/smoke/order.ts";
import { get, type Item, type Pod, run } from "./cluster.ts";
import { through } from "./forward.ts";
import { build, runWith } from "./kustomization.ts";
import { openNamespace, removeNamespace } from "./namespace.ts";
import { refuseMissingImages, wordsOf } from "./pods.ts";
import { provideVolume } from "./volume.ts";

// Each look costs a tenth of a second of a core, which the shop may need.
const LOOK_EVERY_MS = 1_000;

interface Workload extends Item {
  readonly metadata: Item["metadata"] & { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
  };
}

/** A shop in a namespace of its own. */
export interface Shop {
  readonly namespace: string;
  /** Applies the base with some components on top, and waits until all is as it says; returns what kubectl warned of. */
  apply(components: readonly string[], patches?: readonly object[]): Promise<string>;
  /** The same with an overlay, or the base, as they are; in so many seconds. */
  applyFolder(name: string, seconds?: number): Promise<string>;
  /** Waits until every pod that is wanted is ready, and no other is left. */
  settled(seconds?: number): Promise<void>;
  /** Places an order through the Service of the storefront, below a prefix if it has one. */
  buy(prefix?: string): Promise<Bought>;
  /** Waits until an order can be placed again. */
  sellsAgain(): Promise<void>;
  remove(): Promise<void>;
}

/** Opens a namespace with a place for Redis's volume, and nothing in it yet. */
export async function openShop(): Promise<Shop> {
  const namespace = await openNamespace();
  const volume = await provideVolume(namespace).catch(async (error) => {
    await removeNamespace(namespace);
    throw error;
  });
  const here = ["--namespace", namespace];

  const settled = async (seconds = 90) => {
    const end = performance.now() + seconds * 1_000;
    for (;;) {
      const all = await get<Workload | Pod>("deployments,statefulsets,pods", ...here);
      const pods = all.filter((item) => item.kind === "Pod") as Pod[];
      const workloads = all.filter((item) => item.kind !== "Pod") as Workload[];
      const alone = pods.every(({ metadata }) => !metadata.deletionTimestamp);
      if (alone && workloads.every(isAsWanted)) return;
      refuseMissingImages(pods);
      if (performance.now() > end) throw new Error(`not ready after ${seconds} s:\n${await wordsOf(pods, namespace)}`);
      await pause(LOOK_EVERY_MS);
    }
  };
  const buyOne = (prefix = "") =>
    through(namespace, "service/frontend", 80, (address) =>
      buy(new URL(`http://${address}${prefix}/`), { currency: "EUR", patience: 10_000, done() {} }),
    );

  return {
    namespace,
    settled,
    buy: buyOne,
    async apply(components, patches = []) {
      const { stderr } = await run(["apply", ...here, "--filename=-"], await build(components, patches));
      await settled();
      return stderr;
    },
    async applyFolder(name, seconds) {
      const { stderr } = await runWith(name, "apply", ...here);
      await settled(seconds);
      return stderr;
    },
    sellsAgain: () => expect.poll(() => buyOne().then(({ orderId }) => orderId), again).toMatch(/^[0-9a-f-]{36}$/),
    async remove() {
      await removeNamespace(namespace).finally(volume.remove);
    },
  };
}

const again = { timeout: 20_000, interval: 300 };

const isAsWanted = ({ metadata, spec, status }: Workload) =>
  (status.observedGeneration ?? 0) >= metadata.generation &&
  [status.replicas, status.updatedReplicas, status.readyReplicas].every((count = 0) => count === spec.replicas);

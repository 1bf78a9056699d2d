import { setTimeout as pause } from "node:timers/promises";
import { create, kubectl, type Pod } from "./cluster.ts";
import { through } from "./forward.ts";
import { image, restricted } from "./image.ts";
import { untilPods } from "./pods.ts";

/** What became of a load: the load generator's own words, and what they come to. */
export interface Outcome {
  /** 0 when its limits were kept, 1 when not, 3 when what it measured was not the shop. */
  readonly exitCode: number | undefined;
  readonly requests: number;
  readonly failures: number;
  /** Requests per second. */
  readonly rate: number;
  readonly report: string;
}

// By this it says that it was too busy itself to be believed: such a load proves nothing, for or against.
const VOID = 3;
const MOST_LOADS = 3;

/** What became of a load that can be believed where something failed: one that cannot is repeated, a few times. */
export async function believable<O extends Outcome>(
  load: () => Promise<O>,
  hasFailed: (outcome: O) => boolean = ({ failures }) => failures > 0,
): Promise<O> {
  let outcome = await load();
  for (let loads = 1; outcome.exitCode === VOID && hasFailed(outcome) && loads < MOST_LOADS; loads += 1) {
    console.log(`the node was too busy to tell: once more\n${outcome.report}`);
    outcome = await load();
  }
  return outcome;
}

/** A load that runs inside the cluster. */
export interface Load {
  /** Ends it and waits for its report. */
  end(): Promise<Outcome>;
}

/** Starts the load generator as a pod beside the shop, and resolves once it is under way. */
export async function startLoad(namespace: string, ...options: readonly string[]): Promise<Load> {
  const here = ["--namespace", namespace];
  await create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "load", namespace, labels: { app: "load" } },
    spec: {
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      containers: [
        {
          name: "main",
          image: image("loadgenerator"),
          args: [...options, "--headless", "--host", "http://frontend", "--metrics-host", "127.0.0.1"],
          // Else whoever asked for CPU would be served first, and it could not tell a slow shop from its own hunger.
          resources: { requests: { cpu: "300m", memory: "128Mi" } },
          securityContext: restricted,
        },
      ],
    },
  });
  const logs = () => kubectl("logs", "load", ...here);
  await untilPods(namespace, "load", ([pod]) => pod?.status.phase === "Running");
  await untilSaid(logs, /\d of \d.* failed/);

  return {
    async end() {
      // As Ctrl-C would: it still waits for what is under way, and reports.
      await kubectl("exec", "load", ...here, "--", "node", "-e", "process.kill(1, 'SIGTERM')");
      const [pod] = await untilPods(namespace, "load", ([pod]) => /Succeeded|Failed/.test(pod?.status.phase ?? ""));
      const report = await logs();
      await kubectl("delete", "pod", "load", ...here);
      const [, requests, failures, rate] =
        /^ *Aggregated +(\d[\d\u00a0]*) +(\d[\d\u00a0]*)\s.*?([\d.]+) +[\d.]+ *$/m.exec(report) ?? [];
      return {
        exitCode: exitCodeOf(pod),
        requests: read(requests),
        failures: read(failures),
        rate: Number(rate),
        report,
      };
    },
  };
}

const exitCodeOf = (pod: Pod | undefined) => pod?.status.containerStatuses?.[0]?.state.terminated?.exitCode;
// Thousands are apart by a space that does not break.
const read = (figure = "") => Number(figure.replaceAll("\u00a0", ""));

async function untilSaid(logs: () => Promise<string>, pattern: RegExp): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    const said = await logs();
    if (pattern.test(said)) return;
    if (performance.now() > end) throw new Error(`the load generator sent nothing in 30 s:\n${said}`);
    await pause(1_000);
  }
}

/** How many requests the load generator of the component has sent, and how many of them failed, by its own metrics. */
export const sentBy = (namespace: string): Promise<{ requests: number; failures: number }> =>
  through(namespace, "deployment/loadgenerator", 9646, async (address) => {
    const text = await (await fetch(`http://${address}/metrics`)).text();
    const total = (name: string) =>
      Number(new RegExp(`^locust_requests_num_${name}\\{.*name="Aggregated".*\\} (\\d+)`, "m").exec(text)?.[1]);
    return { requests: total("requests"), failures: total("failures") };
  });

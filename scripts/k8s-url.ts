import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { addressesIn, type Node, places, type WayIn } from "./k8s-url/places.ts";

const help = `Waits for the storefront in a Kubernetes cluster and prints the URL at which it answers from here.

  npm run -s k8s:url [-- options]

  --context NAME     the cluster, by kubectl's name for it (the current context)
  --namespace NAME   where the shop is (the context's namespace)
  --timeout S        how long to wait for the storefront, and then for its address, in seconds (120)
  --help             this

Where nothing answers from here, it prints the command that brings the shop to this machine, and exits with 1.`;

const given = readOrExit();
const path = storefront();
const found = await answering(path);
if (found) console.log(found);
else {
  const words = ["kubectl", ...where(), "port-forward", "service/frontend", "8080:80"];
  console.error(`The shop is ready, but no address of it answers from here. Run this, and keep it running:

  ${words.join(" ")}

Then the shop is at http://127.0.0.1:8080${path}.`);
  process.exitCode = 1;
}

/** Waits for the storefront; the path below which it serves. */
function storefront(): string {
  kubectl("rollout", "status", "deployment/frontend", `--timeout=${given.timeout}s`);
  const deployment = JSON.parse(kubectl("get", "deployment/frontend", "--output=json"));
  const probed: string = deployment.spec.template.spec.containers[0]?.readinessProbe?.httpGet?.path ?? "/_healthz";
  return probed.replace(/\/_healthz$/, "");
}

/** The first URL that answers; asked for again while a load balancer may still be given its address. */
async function answering(path: string): Promise<string | undefined> {
  const nodes = visibleNodes();
  const end = performance.now() + given.timeout * 1_000;
  for (let first = true; ; first = false) {
    const text = kubectl("get", "service/frontend-external", "--ignore-not-found", "--output=json");
    if (!text) return undefined;
    const wayIn: WayIn = JSON.parse(text);
    for (const place of places(wayIn, nodes, led(wayIn, nodes)))
      if (await answers(`${place}${path}`)) return `${place}${path}`;
    const promised = wayIn.spec.type === "LoadBalancer" && isCloud(nodes);
    if (!promised || performance.now() > end) return undefined;
    if (first) console.error("The shop is ready. Waiting for the address of its load balancer ...");
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** The nodes; none where one may see one's own namespace alone. */
function visibleNodes(): readonly Node[] {
  const { status, stdout } = spawnSync("kubectl", [...where(), "get", "nodes", "--output=json"], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout).items : [];
}

/** Where Docker, or Podman, leads from this machine to the shop's port of nodes that are its containers, as kind's are. */
function led({ spec }: WayIn, nodes: readonly Node[]): readonly string[] {
  const port = spec.ports[0]?.nodePort;
  const own = nodes.filter(({ spec }) => spec?.providerID?.startsWith("kind:")).map(({ metadata }) => metadata?.name);
  if (!port || own.length === 0) return [];
  const said = (engine: string, node = "") =>
    spawnSync(engine, ["port", node, String(port)], { encoding: "utf8", timeout: 5_000 }).stdout ?? "";
  return own.flatMap((node) => addressesIn(said("docker", node) || said("podman", node)));
}

/** Whether the cluster belongs to a cloud, which has load balancers to give. */
function isCloud(nodes: readonly Node[]): boolean {
  const providers = nodes.map(({ spec }) => spec?.providerID ?? "");
  return providers.some((id) => /^\w+:\/\//.test(id) && !/^(kind|k3s|minikube):/.test(id));
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_healthz`, { signal: AbortSignal.timeout(2_000) });
    return response.ok && (await response.text()).trim() === "ok";
  } catch {
    return false;
  }
}

/** What kubectl says; where it fails, its words are ours, and the end. */
function kubectl(...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync("kubectl", [...where(), ...args], { encoding: "utf8" });
  if (error) return fail("kubectl is missing: https://kubernetes.io/docs/tasks/tools");
  if (status !== 0) return fail(stderr.trim() || stdout.trim() || `kubectl ${args.join(" ")} failed`);
  return stdout;
}

function where(): readonly string[] {
  const { context, namespace } = given;
  return [...(context ? ["--context", context] : []), ...(namespace ? ["--namespace", namespace] : [])];
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}

function readOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        context: { type: "string" },
        namespace: { type: "string" },
        timeout: { type: "string", default: "120" },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const timeout = Number(values.timeout);
    if (!(timeout > 0)) throw new Error(`--timeout ${values.timeout} is not a number of seconds`);
    return { context: values.context, namespace: values.namespace, timeout };
  } catch (error) {
    return fail(`${(error as Error).message.split(". ")[0]}. All options: npm run k8s:url -- --help`);
  }
}

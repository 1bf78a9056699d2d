import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What kubectl said: its answer, and what it warned of. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** An object of the cluster, as far as the tests look at it. */
export interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
}

/** A pod, as far as the tests look at it. */
export interface Pod extends Item {
  readonly spec: { readonly nodeName: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly Container[];
  };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly restartCount: number;
  readonly state: {
    readonly waiting?: { readonly reason: string; readonly message?: string };
    readonly terminated?: { readonly exitCode: number };
  };
}

/** More than the longest wait that is asked of it, below what a test may take: so that who hangs is named. */
const PATIENCE_MS = 100_000;

const context = process.env.E2E_CONTEXT ? ["--context", process.env.E2E_CONTEXT] : [];

/** The words of a kubectl command for the cluster under test: of E2E_CONTEXT, or of the current context. */
export const words = (...args: readonly string[]): string[] => [...context, ...args];

/** Runs kubectl, with an input if there is one; rejects with its words when it fails. */
export async function run(args: readonly string[], input = ""): Promise<Said> {
  const child = spawn("kubectl", words(...args), { stdio: "pipe", timeout: PATIENCE_MS });
  const failed = once(child, "error").then(([error]) => {
    throw new Error(`kubectl cannot be run (${error.code}): install it, and have it on the PATH`);
  });
  child.stdin.on("error", () => {}).end(input);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const [stdout, stderr, [code, signal]] = await Promise.race([ended, failed]);
  if (signal) throw new Error(`kubectl ${args.join(" ")}: no end after ${PATIENCE_MS / 1_000} s: ${stderr.trim()}`);
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || stdout.trim()}`);
  return { stdout, stderr };
}

/** What kubectl prints. */
export const kubectl = async (...args: readonly string[]): Promise<string> => (await run(args)).stdout;

/** The objects that `kubectl get` finds. */
export async function get<T extends Item = Item>(...args: readonly string[]): Promise<T[]> {
  const found = JSON.parse(await kubectl("get", "--output=json", ...args));
  return found.items ?? [found];
}

/** Puts objects into the cluster. */
export const create = (...objects: readonly object[]): Promise<Said> =>
  run(["create", "--filename=-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));

/** Whether a pod can be used, and is not about to go. */
export const isReady = ({ metadata, status }: Pod): boolean =>
  !metadata.deletionTimestamp &&
  (status.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");

/** Rejects when there is no cluster to test with, saying what to do. */
export async function expectCluster(): Promise<void> {
  const where = process.env.E2E_CONTEXT ? `the context ${process.env.E2E_CONTEXT}` : "the current context of kubectl";
  await kubectl("get", "--raw=/readyz", "--request-timeout=10s").catch((error) => {
    throw new Error(`there is no cluster in ${where}: choose one by --context NAME (or E2E_CONTEXT). ${error.message}`);
  });
}

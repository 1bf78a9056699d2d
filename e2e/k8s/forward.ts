import { spawn } from "node:child_process";
import { once } from "node:events";
import { words } from "./cluster.ts";

/** Makes a port of a Service, or of a pod, reachable from here while something is done with its "127.0.0.1:port". */
export async function through<T>(
  namespace: string,
  target: string,
  port: number,
  act: (address: string) => Promise<T>,
): Promise<T> {
  const args = words("port-forward", "--namespace", namespace, target, `:${port}`);
  const child = spawn("kubectl", args, { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  try {
    return await act(await addressOf(child));
  } finally {
    child.kill("SIGTERM");
    await closed;
  }
}

const addressOf = ({ stdout, stderr }: { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream }) =>
  new Promise<string>((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer) => {
      said += chunk;
      const [, address] = /Forwarding from (127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (address) resolve(address);
    };
    stdout.on("data", listen).on("close", () => reject(new Error(`kubectl port-forward: ${said.trim()}`)));
    stderr.on("data", listen);
  });

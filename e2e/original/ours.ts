import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Name } from "@boutique/contract/topology";

const services = fileURLToPath(new URL("../../services", import.meta.url));
const leash = new URL("../../scripts/shop/leash.ts", import.meta.url);

// A busy machine is no reason for a test to fail: what it proves is that calls fit, not how fast they are.
const patient = Object.fromEntries(
  ["READ", "WRITE", "ORDER", "OPTIONAL", "PAGE"].map((kind) => [`${kind}_TIMEOUT_MS`, "30000"]),
);

/** One of our services as a process. */
export interface OurService {
  /** Where it answers: the storefront HTTP, the others gRPC. */
  readonly port: number;
  /** The log lines that are warnings or worse, and what is no log line at all. */
  readonly complaints: string[];
  end(): Promise<void>;
}

/** Starts one of our services, on ports of its own, with more environment such as the addresses of its peers. */
export async function startOurs(name: Name, environment: Readonly<Record<string, string>>): Promise<OurService> {
  const folder = `${services}/${name}`;
  const own = { HOST: "127.0.0.1", PORT: "0", GRPC_PORT: "0", METRICS_PORT: "0", REDIS_ADDR: "", BASE_URL: "" };
  const child = spawn(process.execPath, [`--import=${leash}`, `${folder}/src/main.ts`], {
    cwd: folder,
    env: { ...process.env, ...patient, ...environment, ...own },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const complaints: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => {
      complaints.push(`${name} ended with ${code}`);
      reject(new Error(complaints.join("\n")));
    });
    createInterface(child.stdout).on("line", (line) => {
      const { severity, status, http, grpc } = readLine(line);
      if (severity !== "info" && severity !== "debug") complaints.push(`${name}: ${line}`);
      if (status === "SERVING") resolve(http ?? grpc);
    });
  });
  return {
    port,
    complaints,
    async end() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

function readLine(line: string) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

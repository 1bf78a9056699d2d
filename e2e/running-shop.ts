import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Name, names } from "@boutique/contract/roster";
import { freeRange } from "./shop/command.ts";

const script = fileURLToPath(new URL("../scripts/shop.ts", import.meta.url));

const MOST_COMPLAINTS = 10;

/** A whole shop, started as `npm start` does. */
export interface RunningShop {
  /** Where the storefront is. */
  readonly url: string;
  readonly port: number;
  /** What it has written so far, as JSON lines. */
  readonly output: () => string;
  /** The last warnings and errors among it. */
  readonly complaints: () => string[];
  /** Where a service answers gRPC, and where it serves its metrics. */
  readonly grpc: (name: Name) => string;
  readonly metrics: (name: Name) => string;
  stop(): Promise<void>;
}

/** Starts the shop with `npm start`'s options on ports of its own; who starts it stops it. */
export const startShop = (...options: string[]): Promise<RunningShop> => startShopWith({}, ...options);

/** What the tests of the whole shop are run with besides, such as --colocated: they hold for every way to run it. */
const everywhere = process.env.SHOP_OPTIONS?.split(" ") ?? [];

/** The same with more in its environment. */
export async function startShopWith(environment: NodeJS.ProcessEnv, ...given: string[]): Promise<RunningShop> {
  const options = [...everywhere, ...given];
  const port = await freeRange();
  const shop = spawn(process.execPath, [script, "--port", String(port), "--json", ...options], {
    // By the fourth it notices that the tests have ended, however they did, and ends too.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  for (const stream of [shop.stdout, shop.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  while (!output.includes("(ready in ")) {
    if (shop.exitCode !== null) throw new Error(`the shop did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const at = (name: Name, row: number) => `127.0.0.1:${port + 1 + row * names.length + names.indexOf(name)}`;
  return {
    url,
    port,
    output: () => output,
    complaints: () => output.split("\n").filter(isComplaint).slice(-MOST_COMPLAINTS),
    grpc: (name) => at(name, 0),
    metrics: (name) => `http://${at(name, 1)}/metrics`,
    stop: () => stop(shop),
  };
}

const isComplaint = (line: string) => line !== "" && !line.includes('"severity":"info"');

async function stop(shop: ChildProcess): Promise<void> {
  if (shop.exitCode !== null) return;
  shop.kill("SIGTERM");
  await once(shop, "exit");
}

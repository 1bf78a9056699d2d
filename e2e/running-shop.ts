import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freeRange } from "./shop/command.ts";

const script = fileURLToPath(new URL("../scripts/shop.ts", import.meta.url));

/** A whole shop, started as `npm start` does. */
export interface RunningShop {
  /** Where the storefront is. */
  readonly url: string;
  readonly port: number;
  /** What it has written so far, as JSON lines. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Starts the shop with `npm start`'s options on ports of its own; who starts it stops it. */
export async function startShop(...options: string[]): Promise<RunningShop> {
  const port = await freeRange();
  const shop = spawn(process.execPath, [script, "--port", String(port), "--json", ...options], {
    // By the fourth it notices that the tests have ended, however they did, and ends too.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [shop.stdout, shop.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (shop.exitCode !== null) throw new Error(`the shop did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, port, output: () => output, stop: () => stop(shop) };
}

const answers = (url: string) =>
  fetch(`${url}${process.env.BASE_URL ?? ""}/`).then(
    ({ ok }) => ok,
    () => false,
  );

async function stop(shop: ChildProcess): Promise<void> {
  if (shop.exitCode !== null) return;
  shop.kill("SIGTERM");
  await once(shop, "exit");
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { checkoutForm, createShopper } from "../../e2e/shopper.ts";
import { cpuOf, memoryOf, processesOf } from "../services.ts";
import type { Candidate } from "./candidates.ts";

/** A shop that was started for a measurement. */
export interface MeasuredShop {
  readonly url: string;
  readonly port: number;
  /** From "npm start" to the first page, and to the page of the first paid order, seconds. */
  readonly firstPage: number;
  readonly firstOrder: number;
  /** CPU time of each process so far, seconds, by its name. */
  cpu(): ReadonlyMap<string, number>;
  /** RSS and PSS of all processes, MiB. */
  memory(): readonly [rss: number, pss: number];
  stop(): Promise<void>;
}

const LOOK_MS = 5;
const LONGEST_START_MS = 60_000;

/** Starts a candidate on a port as a user does, and buys something in it; on some cores alone, if they are named ("0"). */
export async function startMeasured(
  { folder, options }: Candidate,
  port: number,
  cores?: string,
): Promise<MeasuredShop> {
  const since = performance.now();
  const seconds = () => (performance.now() - since) / 1_000;
  const [command = "", ...words] = [...(cores ? ["taskset", "--cpu-list", cores] : []), "npm", "start", "--"];
  const shop = spawn(command, [...words, "--port", String(port), ...options], { cwd: folder, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (shop.exitCode !== null || seconds() * 1_000 > LONGEST_START_MS) throw new Error(`no shop in ${folder}`);
    const served = await fetch(url).then(
      (answer) => answer.text().then(() => answer.ok),
      () => false,
    );
    if (served) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const firstPage = seconds();
  for (;;) {
    const shopper = createShopper(url);
    await shopper.post("/cart", { product_id: "OLJCESPC7Z", quantity: "1" });
    if ((await shopper.post("/cart/checkout", checkoutForm)).text.includes('id="order-id"')) break;
  }
  const firstOrder = seconds();
  const processes = processesOf(String(port));
  return {
    url,
    port,
    firstPage,
    firstOrder,
    cpu: () => new Map(processes.map(({ name, pid }) => [name, cpuOf([pid])])),
    memory: () => memoryOf(processes.map(({ pid }) => pid)),
    async stop() {
      shop.kill("SIGTERM");
      await once(shop, "exit");
    },
  };
}

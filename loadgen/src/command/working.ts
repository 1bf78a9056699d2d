import { work } from "../crew/worker.ts";
import { exitCodes } from "./exit.ts";
import { onInterrupt } from "./interrupt.ts";
import type { Command } from "./options.ts";

/** Works for a master until it is told to end; resolves to the exit code. */
export async function runWorker({
  masterHost,
  masterPort,
  token,
}: Extract<Command, { does: "work" }>): Promise<number> {
  const end = new AbortController();
  onInterrupt(() => end.abort());
  try {
    await work({ host: masterHost, port: masterPort, token, signal: end.signal, say: console.log });
    return exitCodes.met;
  } catch (error) {
    console.error((error as Error).message);
    return exitCodes.invalid;
  }
}

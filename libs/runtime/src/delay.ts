import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";

/** Waits so many milliseconds; CANCELLED as soon as the caller hangs up or the call's time is over. */
export async function delay(milliseconds: number, { deadline, signal }: Context): Promise<void> {
  if (milliseconds === 0) return;
  const left = deadline - Date.now();
  try {
    await sleep(Math.min(milliseconds, left), undefined, { signal });
  } catch (cause) {
    throw new RpcError("CANCELLED", "the caller hung up", { cause });
  }
  if (left < milliseconds) throw new RpcError("CANCELLED", "the time for the call is over");
}

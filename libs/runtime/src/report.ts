import { RpcError } from "@boutique/rpc/error";
import { scrubbed } from "@boutique/telemetry/fields";
import type { Log } from "@boutique/telemetry/log";

const ofTheCaller = ["INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "CANCELLED", "UNIMPLEMENTED"];

/** Says a failure that repeats once in so many milliseconds: a dead peer is news, but not at every call. */
const QUIET_MS = 10_000;

/** Writes what becomes of calls to the log: failures that are not the caller's at once, the rest with LOG_LEVEL=debug. */
export function createReporter(log: Log, side: "client" | "server") {
  const quietUntil = new Map<string, number>();
  const debugging = log.isLevelEnabled("debug");
  return {
    answered(path: string, since: number): void {
      if (debugging) log.debug({ side, path, ms: Math.round((performance.now() - since) * 10) / 10 }, "call answered");
    },

    failed(path: string, code: string, error: unknown): void {
      if (ofTheCaller.includes(code)) {
        const reason = error instanceof RpcError ? scrubbed(error.details) : undefined;
        log.debug({ side, path, code, reason }, "call refused");
      } else if (!(error instanceof RpcError)) {
        log.error({ side, path, code, error }, "handler threw");
      } else if (performance.now() >= (quietUntil.get(`${path} ${code}`) ?? 0)) {
        quietUntil.set(`${path} ${code}`, performance.now() + QUIET_MS);
        log.warn({ side, path, code, reason: error.details, cause: causeOf(error) }, "call failed");
      }
    },
  };
}

const causeOf = ({ cause, details }: RpcError) =>
  cause instanceof Error && !cause.message.includes(details) ? cause.message : undefined;

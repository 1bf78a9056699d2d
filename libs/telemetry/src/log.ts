import { pino } from "pino";

export type Log = pino.Logger;

export interface LogOptions {
  readonly service: string;
  readonly version: string;
  readonly level: string;
  /** Fields for every line, such as the trace it is written in. */
  readonly mixin?: () => Record<string, unknown>;
}

/**
 * One JSON object per line on stdout: severity, timestamp (RFC 3339), message, service, version and what is given.
 * Written synchronously, so that the last line before an exit is not lost.
 */
export const createLog = ({ service, version, level, mixin = () => ({}) }: LogOptions): Log =>
  pino(
    {
      level,
      mixin,
      base: { service, version },
      messageKey: "message",
      errorKey: "error",
      formatters: { level: (severity) => ({ severity }) },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    },
    pino.destination({ fd: 1, sync: true }),
  );

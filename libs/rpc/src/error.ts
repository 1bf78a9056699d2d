import { type ServiceError, status } from "@grpc/grpc-js";

export type Code = keyof typeof status;

/** The only error a handler throws on purpose; anything else reaches the caller as INTERNAL, without its words. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: status;
  readonly details: string;
  /** What our own caller is told when this error passes through us. */
  readonly relayed: string;

  constructor(
    code: Code,
    details: string,
    { relayed = details, ...options }: ErrorOptions & { relayed?: string } = {},
  ) {
    super(`${code}: ${details}`, options);
    this.code = status[code];
    this.details = details;
    this.relayed = relayed;
  }
}

/** Whether a call failed with one of these codes. */
export const failedWith = (error: unknown, ...codes: Code[]): error is RpcError =>
  error instanceof RpcError && codes.some((code) => error.code === status[code]);

/** Whether a call failed before it reached its peer, so that nothing can have come of it. */
export const neverSent = (error: unknown): boolean =>
  failedWith(error, "UNAVAILABLE") && /^(\w+: )?(No connection established|Name resolution failed)/.test(error.details);

/**
 * Whether it was the peer that said so, not the transport for want of an answer. A failure comes from the wire with the
 * headers of what brought it; what our own side says of it has none.
 */
export const saidByPeer = ({ cause }: RpcError): boolean =>
  ((cause as Partial<ServiceError> | undefined)?.metadata?.get("content-type").length ?? 0) > 0;

/** The name of a code that may come from a peer of any make; what lies outside gRPC's range is nobody's name. */
export const codeName = (code: number): Code | undefined => status[code] as Code | undefined;

/** The name of the code that a failure has on the wire; what no handler threw on purpose is INTERNAL. */
export const codeOf = (error: unknown): Code =>
  error instanceof RpcError ? (codeName(error.code) ?? "UNKNOWN") : "INTERNAL";

// With these codes the words may be the transport's, of addresses and sockets: for our log, not for our callers.
const ofTheTransport: readonly Code[] = ["UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "INTERNAL", "UNKNOWN"];

/**
 * What a failed call means to the one that made it: the peer's code, which survives hops, and its words, which do so
 * only if they are about the request. A status outside gRPC's range counts as INVALID_ARGUMENT (some peers answer a
 * refused card with 400).
 */
export function fromPeer(peer: string, error: ServiceError): RpcError {
  const code = codeName(error.code) ?? "INVALID_ARGUMENT";
  const relayed = ofTheTransport.includes(code) ? `${peer}: ${code.toLowerCase().replace("_", " ")}` : error.details;
  return new RpcError(code, error.details, { relayed, cause: error });
}

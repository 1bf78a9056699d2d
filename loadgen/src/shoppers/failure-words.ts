import { STATUS_CODES } from "node:http";
import { between } from "./reading.ts";

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed before the answer",
  EPIPE: "connection closed before the answer",
  UND_ERR_SOCKET: "connection closed before the answer",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host not found: no name server answers",
  ETIMEDOUT: "no connection: the host does not answer",
  EHOSTUNREACH: "no connection: there is no way to the host",
  ENETUNREACH: "no connection: there is no way to the host",
  EMFILE: "not sent: this machine allows no more open files",
  ENFILE: "not sent: this machine allows no more open files",
  EADDRNOTAVAIL: "not sent: this machine has no free port left",
};

/** Why there was no answer, in words that are the same for the same reason. */
export function failureWords(error: Error & { readonly code?: string }): string {
  const { code = "", name, message } = error;
  if (Object.hasOwn(reasons, code)) return reasons[code] ?? message;
  return name === "HTTPParserError" ? "the answer is not HTTP" : message || code;
}

const LONGEST = 100;

/** A status and what the page says at its top: "503 Service Unavailable: We will be right back". */
export function statusWords(status: number, page: Buffer): string {
  const [, heading = ""] = between(page.toString(), "<h1", "<")?.split(">") ?? [];
  // These words reach terminals, a line for each.
  const plain = heading.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return [`${status} ${STATUS_CODES[status] ?? ""}`.trimEnd(), plain.slice(0, LONGEST)].filter(Boolean).join(": ");
}

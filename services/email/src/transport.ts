import type { Context } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import type { Setting } from "@boutique/runtime/settings";
import nodemailer from "nodemailer";
import type { Letter } from "./letter.ts";

/** A letter and whom it is for. */
export interface Mail extends Letter {
  readonly to: string;
}

/** The call that a mail is sent for: who asked, and until when. */
export type Call = Pick<Context, "deadline" | "signal">;

/** How mail leaves the house; UNAVAILABLE when it cannot or not in time, CANCELLED when the caller hangs up. */
export interface Transport {
  send(mail: Mail, call: Call): Promise<void>;
}

/** The server that mail goes out by, as a URL that may hold a password. */
export const smtpUrl: Setting<string> = {
  fallback: "",
  about: "Where mail goes out, such as smtp://user:password@host:587; nowhere when empty.",
  kind: "an smtp:// or smtps:// URL",
  secret: (text) => text.includes("@"),
  parse: (text) => (/^smtps?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined),
};

/** The most that sending may take for a caller who has more time, and what is left of it to tell of a failure. */
const PATIENCE = 10_000;
const LAST_WORD = 50;

/** By SMTP to the server of the URL; with no URL mail goes nowhere, and the log alone tells of it. */
export const createTransport = (url: string, from: string, patience = PATIENCE): Transport =>
  url === "" ? { send: async () => {} } : createSmtp(url, from, patience);

/**
 * Sends by SMTP, each mail over a connection of its own, which is cut when the caller's time is up or `patience`
 * milliseconds are over, at whatever stage it is; the sum of stages that are each in time would outlast the caller. So
 * who is told that a mail was not sent is told the truth, unless the time ends after the server has all of it and
 * before it says so: SMTP has no way to take that back.
 */
function createSmtp(url: string, from: string, patience: number): Transport {
  const smtp = nodemailer.createTransport({ url, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ to, ...letter }, { deadline, signal: hungUp }) {
      const left = Math.min(deadline - LAST_WORD - Date.now(), patience);
      const timeUp = left > 0 ? AbortSignal.timeout(left) : AbortSignal.abort();
      const signal = AbortSignal.any([hungUp, timeUp]);
      // An object, so that nothing in it is read as a list of addresses.
      const recipient = { name: "", address: to };
      const headers = { "Auto-Submitted": "auto-generated" };
      await smtp.sendMail({ from, to: recipient, headers, signal, ...letter }).catch((error) => {
        if (hungUp.aborted) throw new RpcError("CANCELLED", "the caller hung up");
        const cause = new Error(`SMTP failed: ${timeUp.aborted ? "the time was up" : codesOf(error)}`);
        // Once the server may have had all of it, who asks again may send it twice.
        const surely = !timeUp.aborted && isEarly(error);
        const words = surely ? "nothing was sent: mail cannot be sent now" : "mail cannot be sent now";
        throw new RpcError("UNAVAILABLE", words, { cause });
      });
    },
  };
}

/** Whether the server was not reached, or said no before the letter itself; what breaks off later may have been sent. */
const isEarly = ({ syscall, code, responseCode, command }: Failure) =>
  syscall === "connect" ||
  code === "EDNS" ||
  (responseCode !== undefined && /^(EHLO|HELO|AUTH|MAIL|RCPT)/.test(command ?? ""));

interface Failure {
  readonly syscall?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** What mail servers say repeats addresses: only their codes are kept, for our log. */
const codesOf = ({ code, responseCode }: { code?: string; responseCode?: number }) =>
  [code, responseCode].filter(Boolean).join(" ");

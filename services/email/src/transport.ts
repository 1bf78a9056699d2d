import { RpcError } from "@boutique/rpc/error";
import type { Setting } from "@boutique/runtime/settings";
import nodemailer from "nodemailer";
import type { Letter } from "./letter.ts";

/** A letter and whom it is for. */
export interface Mail extends Letter {
  readonly to: string;
}

/** How mail leaves the house; UNAVAILABLE when it cannot. */
export interface Transport {
  send(mail: Mail): Promise<void>;
}

/** The server that mail goes out by, as a URL that may hold a password. */
export const smtpUrl: Setting<string> = {
  fallback: "",
  about: "Where mail goes out, such as smtp://user:password@host:587; nowhere when empty.",
  kind: "an smtp:// or smtps:// URL",
  secret: (text) => text.includes("@"),
  parse: (text) => (/^smtps?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined),
};

const PATIENCE = 2_000;

/** By SMTP to the server of the URL; with no URL mail goes nowhere, and the log alone tells of it. */
export const createTransport = (url: string, from: string, patience = PATIENCE): Transport =>
  url === "" ? { send: async () => {} } : createSmtp(url, from, patience);

/** Sends by SMTP; `patience` is how many milliseconds the server may be silent. */
function createSmtp(url: string, from: string, patience: number): Transport {
  const smtp = nodemailer.createTransport({
    url,
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, ...letter }) {
      // An object, so that nothing in it is read as a list of addresses.
      const recipient = { name: "", address: to };
      const headers = { "Auto-Submitted": "auto-generated" };
      await smtp.sendMail({ from, to: recipient, headers, ...letter }).catch(refuse);
    },
  };
}

/** What mail servers say repeats addresses: only their codes are kept, for our log. */
function refuse({ code, responseCode }: { code?: string; responseCode?: number }): never {
  const cause = new Error(`SMTP failed: ${[code, responseCode].filter(Boolean).join(" ")}`);
  throw new RpcError("UNAVAILABLE", "mail cannot be sent now", { cause });
}

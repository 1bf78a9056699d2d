import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail as the server got it: its envelope, its headers, and what its parts say, by their type. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly head: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** A mail server of the test's own, on a free port unless it is told one; what it takes is in `mails`. */
export async function openInbox(options: SMTPServerOptions = {}, port = 0) {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      text(stream).then((mime) => {
        const from = mailFrom ? mailFrom.address : "";
        mails.push({ from, to: rcptTo.map(({ address }) => address), ...read(mime) });
        done();
      }, done);
    },
    ...options,
  });
  // A client that is refused hangs up, which the server calls an error.
  server.on("error", () => {});
  const listener = server.listen(port, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return { mails, host, url: `smtp://${host}` };
}

function read(mime: string): { head: string; parts: Record<string, string> } {
  const [head, body] = split(mime);
  const boundary = /boundary="(.+?)"/.exec(head)?.[1];
  const parts = body.split(`--${boundary}`).slice(1, -1).map(split);
  return { head, parts: Object.fromEntries(parts.map(([head, body]) => [typeOf(head), decode(head, body)])) };
}

function split(mime: string): [string, string] {
  const end = mime.indexOf("\r\n\r\n");
  return [mime.slice(0, end).replace(/\r\n[ \t]+/g, " "), mime.slice(end + 4)];
}

const typeOf = (head: string) => /content-type: ([a-z/]+)/i.exec(head)?.[1] ?? "";

function decode(head: string, body: string): string {
  if (/base64/i.test(head)) return Buffer.from(body, "base64").toString();
  if (!/quoted-printable/i.test(head)) return body;
  const joined = body.replace(/=\r\n/g, "");
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();
}

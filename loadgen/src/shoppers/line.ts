import { buildConnector, Client } from "undici";
import { failureWords } from "./failure-words.ts";

/** What came back, or in words why nothing did. Bodies are Latin-1: what is ASCII in them reads as it is. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly location: string | undefined;
  readonly setCookies: readonly string[];
  /** Why there is no answer; the rest means nothing then. */
  readonly problem?: string;
}

/** A connection to the shop that is opened when it is needed and kept while the shop keeps it: one request at a time. */
export interface Line {
  send(method: "GET" | "POST", path: string, headers: string[], body: string | null): Promise<Answer>;
  /** Gives up what is under way, saying why. The next request opens a new connection. */
  cut(words: string): void;
  close(): void;
}

const EMPTY = Buffer.alloc(0);
/** Below the minute after which many a proxy hangs up without a word. */
const KEPT_MS = 55_000;

// Whoever waits for an answer watches the clock for it, connecting included: undici's own timers are all off.
const connect = buildConnector({ timeout: 0, allowH2: false });
const options = { connect, allowH2: false, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: KEPT_MS };

/** A line to an origin, "http://host:port". */
export function openLine(origin: string): Line {
  let client: Client | undefined;
  let cutFor: string | undefined;

  return {
    send: (method, path, headers, body) =>
      new Promise((resolve) => {
        client ??= new Client(origin, options);
        cutFor = undefined;
        let status = 0;
        let location: string | undefined;
        let setCookies: readonly string[] = none;
        let chunk: Buffer = EMPTY;
        let chunks: Buffer[] | undefined;
        client.dispatch(
          { method, path, headers, body },
          {
            onRequestStart() {},
            onResponseStart(_, code, { location: to, "set-cookie": cookies }) {
              status = code;
              location = typeof to === "string" ? to : to?.[0];
              if (cookies !== undefined) setCookies = typeof cookies === "string" ? [cookies] : cookies;
            },
            onResponseData(_, data) {
              if (chunk === EMPTY) chunk = data;
              else if (chunks) chunks.push(data);
              else chunks = [chunk, data];
            },
            onResponseEnd() {
              resolve({ status, location, setCookies, body: chunks ? Buffer.concat(chunks) : chunk });
            },
            onResponseError(_, error) {
              const problem = cutFor ?? failureWords(error);
              resolve({ status: 0, location: undefined, setCookies: none, body: EMPTY, problem });
            },
          },
        );
      }),

    cut(words) {
      cutFor = words;
      const old = client;
      client = undefined;
      void old?.destroy(new Error(words));
    },

    close() {
      void client?.close();
      client = undefined;
    },
  };
}

const none: readonly string[] = [];

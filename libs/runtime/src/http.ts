import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { openDoors } from "./doors.ts";

// Not imported: as an ES module node:http loads all that it exports, fetch's whole machinery with it, which costs each
// process 13 MB and 30 ms.
const { createServer } = process.getBuiltinModule("node:http");

const SWEEP_MS = 20;
/** How long a connection may stay without a request while the server closes: a request may be on its way. */
const SILENT_MS = 500;

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** For the head of a request, from the moment that it connected. */
  readonly head: number;
  /** For a whole request. */
  readonly request: number;
  /** Without a byte in either direction, such as when it does not read its answer. */
  readonly silence: number;
}

const patient: Patience = { head: 10_000, request: 20_000, silence: 60_000 };
// Node looks for slow clients every 30 s by itself, which would be another bound than the ones above.
const LOOK_MS = 1_000;

export interface HttpServer {
  readonly port: number;
  close(patience: number): Promise<void>;
}

export interface HttpOptions {
  /** Whether other processes may listen on the port as well, among which the system deals the connections. */
  readonly shared?: boolean;
  /** How many sockets listen: more than one where there may be a rush. */
  readonly doors?: number;
  readonly patience?: Patience;
}

/** Serves HTTP on a port (0 for any), with limits for clients that are slow or silent. */
export async function listenHttp(
  port: number,
  host: string,
  listener: RequestListener,
  { shared = false, doors: count = 1, patience: { head, request, silence } = patient }: HttpOptions = {},
): Promise<HttpServer> {
  const server = createServer({
    headersTimeout: head,
    requestTimeout: request,
    connectionsCheckingInterval: Math.min(LOOK_MS, head),
    keepAliveTimeout: 65_000,
  });
  server.setTimeout(silence);
  let closing = false;
  // Connections without a request so far, as browsers open in advance: http counts them as busy.
  const silent = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", (request, response) => {
    silent.delete(request.socket);
    if (closing) response.setHeader("Connection", "close");
    listener(request, response);
  });
  const doors = await openDoors(server, { port, host, shared, count });
  return {
    port: doors.port,

    /** Lets the requests in progress finish, for so many milliseconds at most. */
    async close(patience) {
      closing = true;
      const closed = doors.close();
      // A connection whose answer was under way is let go as soon as it has it.
      const sweep = setInterval(() => setImmediate(() => server.closeIdleConnections()), SWEEP_MS);
      const hangUp = setTimeout(() => {
        for (const socket of silent) socket.destroy();
      }, SILENT_MS);
      const timeUp = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      // What else http's own close ends: the timer by which it looks for slow clients.
      server.close();
      clearInterval(sweep);
      clearTimeout(hangUp);
      clearTimeout(timeUp);
    },
  };
}

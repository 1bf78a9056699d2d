import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";

const net = process.getBuiltinModule("node:net");

/** A port that connections come in by. */
export interface Doors {
  readonly port: number;
  /** Lets nobody in any more; resolves when those who came in by them have left. */
  close(): Promise<void>;
}

/**
 * Opens so many listening sockets on one port. Of each, Node takes one connection in a turn of its loop, however many wait:
 * in a rush, when turns are long, they would wait in the kernel, where nobody sees them and nobody can tell them to come
 * again. Where the system knows no such thing there is one. The first is `server` itself, which is given all connections.
 */
export async function openDoors(
  server: Server,
  { port, host, shared, count }: { port: number; host: string; shared: boolean; count: number },
): Promise<Doors> {
  const several = shared || (count > 1 && process.platform === "linux");
  // Sockets that share a port let others of the same user share it as well: so it is asked for alone first.
  const free = several && !shared ? await reserve(port, host) : port;
  await listening(server, free, host, several);
  const bound = (server.address() as AddressInfo).port;
  const enter = (socket: Socket) => server.emit("connection", socket);
  const options = { allowHalfOpen: true, noDelay: true };
  const more = Array.from({ length: several ? count - 1 : 0 }, () => net.createServer(options, enter));
  await Promise.all(more.map((door) => listening(door, bound, host, true)));
  return {
    port: bound,
    close: async () => {
      const closed = [server, ...more].map((door) => once(door, "close"));
      // Not http's own close, which hangs up at once on those that wait, also when their next request has arrived and was
      // not read yet: with each turn of the loop what has arrived is read first.
      for (const door of [server, ...more]) net.Server.prototype.close.call(door);
      await Promise.all(closed);
    },
  };
}

/** A port that nobody listens on: that one, or any for 0; rejects with EADDRINUSE. */
async function reserve(port: number, host: string): Promise<number> {
  const alone = net.createServer();
  await listening(alone, port, host, false);
  const { port: free } = alone.address() as AddressInfo;
  alone.close();
  await once(alone, "close");
  return free;
}

async function listening(server: Server, port: number, host: string, reusePort: boolean): Promise<void> {
  server.listen({ port, host, reusePort });
  await once(server, "listening");
}

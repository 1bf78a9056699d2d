import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** An address behind which one service can take another's place, as behind the name of a Kubernetes Service. */
export interface Door {
  /** "127.0.0.1:port", where callers knock. */
  readonly address: string;
  /** Leads to a port from now on; resolves once no caller holds on to a connection to the one before. */
  leadTo(port: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a door that passes bytes on and knows nothing of what they mean. */
export async function openDoor(): Promise<Door> {
  let target = 0;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (caller) => {
    const service = connect({ port: target, host: "127.0.0.1", noDelay: true });
    open.add(caller);
    caller.pipe(service).pipe(caller);
    caller
      .on("error", () => {})
      .once("close", () => {
        open.delete(caller);
        service.destroy();
      });
    service.on("error", () => {}).once("close", () => caller.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  // A caller that closes its own end as well has seen that the connection is gone: its next call opens another.
  const hangUp = () =>
    Promise.all(
      [...open].map(
        (caller) =>
          new Promise((resolve) => {
            caller.once("close", resolve).unpipe().resume().end();
          }),
      ),
    );
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async leadTo(port) {
      if (port === target) return;
      target = port;
      await hangUp();
    },
    async close() {
      server.close();
      for (const caller of open) caller.destroy();
    },
  };
}

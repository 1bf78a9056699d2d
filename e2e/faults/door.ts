import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What becomes of the bytes that go through a door. */
export type Manner =
  /** Nothing. */
  | "pass"
  /** Nobody is let in, and who was in is put out. */
  | "refuse"
  /** Connections are taken and kept, and nothing is passed on. */
  | "hold"
  /** What is answered makes no sense. */
  | "garble"
  /** What is answered comes so many milliseconds later. */
  | { readonly late: number };

/** A stretch of wire between a caller and a service, which can be spoiled. */
export interface Door {
  /** "127.0.0.1:port", where the caller calls. */
  readonly address: string;
  /** From now on; what is open goes on in the new manner. */
  become(manner: Manner): Promise<void>;
  /** Breaks the connections that are open, in the middle of whatever they carry. */
  cut(): void;
  close(): void;
}

/** Opens a door to a port of this machine. */
export async function openDoor(port: number): Promise<Door> {
  let manner: Manner = "pass";
  const open = new Set<Socket>();
  const ways = new Set<ReturnType<typeof passOn>>();
  const server = createServer({ noDelay: true }, (caller) => {
    const service = connect({ port, host: "127.0.0.1", noDelay: true });
    for (const end of [caller, service]) {
      open.add(end);
      end.on("error", () => {}).once("close", () => open.delete(end));
    }
    caller.once("close", () => service.destroy());
    service.once("close", () => caller.destroy());
    const there = passOn(
      service,
      (bytes) => bytes,
      () => 0,
      isHeld,
    );
    const back = passOn(caller, spoilt, () => (typeof manner === "object" ? manner.late : 0), isHeld);
    caller.on("data", there.take);
    service.on("data", back.take);
    ways.add(back);
    service.once("close", () => ways.delete(back));
  });
  const isHeld = () => manner === "hold";
  const spoilt = (bytes: Buffer) => (manner === "garble" ? Buffer.from(bytes.map((byte) => byte ^ 0x5a)) : bytes);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;

  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    address: `127.0.0.1:${own}`,
    cut,
    async become(next) {
      const before = manner;
      manner = next;
      for (const way of ways) way.go();
      if (next === "refuse") {
        server.close();
        cut();
      } else if (before === "refuse") {
        server.listen(own, "127.0.0.1");
        await once(server, "listening");
      }
      // What was held back or spoiled cannot go on as if nothing had been: somebody noticed, and hung up.
      if (before === "hold" || before === "garble") cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}

/** Passes chunks on in their order, each no earlier than it may come; what waits goes at once when that changes. */
function passOn(to: Socket, change: (bytes: Buffer) => Buffer, late: () => number, held: () => boolean) {
  const waiting: { readonly bytes: Buffer; readonly due: number }[] = [];
  const go = () => {
    while (waiting[0] && (late() === 0 || waiting[0].due <= performance.now())) {
      const { bytes } = waiting.shift() as (typeof waiting)[number];
      if (to.writable) to.write(bytes);
    }
  };
  return {
    take(chunk: Buffer) {
      if (held()) return;
      waiting.push({ bytes: change(chunk), due: performance.now() + late() });
      if (late() > 0) setTimeout(go, late() + 1).unref();
      else go();
    },
    go,
  };
}

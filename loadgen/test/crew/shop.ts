import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A shop that counts its requests, and has nothing else to say; a silent one says nothing at all. */
export async function openShop({ silent = false } = {}) {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    if (!silent) response.end("ok");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

import { once } from "node:events";
import { createServer } from "node:net";

/** A port that cannot be listened on, and the system's code for why. */
export interface Taken {
  readonly port: number;
  readonly code: string;
}

/** The ports of some that cannot be listened on: each is tried, all at once, and let go again. */
export async function takenPorts(host: string, ports: readonly number[]): Promise<readonly Taken[]> {
  const tried = await Promise.all(
    ports.map(async (port) => {
      const server = createServer().listen({ port, host, exclusive: true });
      try {
        await once(server, "listening");
      } catch (error) {
        return { port, code: (error as NodeJS.ErrnoException).code ?? "unknown" };
      }
      server.close();
      return undefined;
    }),
  );
  return tried.filter((taken) => taken !== undefined);
}

import { type Client, type Handlers, type ServiceName, topology } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import { listen, route } from "@boutique/rpc/server";
import { onTestFinished } from "vitest";

// A busy machine is no reason for a test to fail.
const budgets = { read: 30_000, write: 30_000, order: 30_000, optional: 30_000 };

/**
 * Serves handlers on a free port and returns a client of them; both ends close with the test. Where no answer is what is
 * tested, a read may be given less time, in milliseconds.
 */
export async function overTheWire<N extends ServiceName>(
  name: N,
  handlers: Partial<Handlers<N>>,
  read = budgets.read,
): Promise<Client<N>> {
  const server = await listen(0, [route(topology[name].service, handlers)]);
  const client = connect(name, `127.0.0.1:${server.port}`, { budgets: { ...budgets, read } });
  onTestFinished(async () => {
    client.close();
    await server.close(0);
  });
  return client;
}

/** A peer that answers only what the test expects to be asked. */
export const fake = <N extends ServiceName>(name: N, answers: Partial<Client<N>>): Client<N> =>
  new Proxy(answers as Client<N>, {
    get(target, method) {
      const answer = Reflect.get(target, method);
      if (!answer) throw new Error(`unexpected call: ${name}.${String(method)}`);
      return answer;
    },
  });

import { rpcsOf } from "@boutique/contract/proto";
import { type ServiceName, topology } from "@boutique/contract/topology";
import { connect } from "@boutique/rpc/client";
import { type Code, RpcError } from "@boutique/rpc/error";
import type { Method } from "@boutique/rpc/interceptor";
import { listen, route } from "@boutique/rpc/server";
import type { RunningShop } from "../running-shop.ts";

/** How calls fail, by "service.method": they are not passed on, or their answers are lost. */
export type Troubles = Readonly<Record<string, { readonly code: Code; readonly lost?: boolean }>>;

/** Those who stand in for services of a shop. */
export interface StandIns {
  /** Where each listens, by its address variable. */
  readonly addresses: Readonly<Record<string, string>>;
  /** From now on the calls fail that are named. */
  suffer(troubles: Troubles): void;
  close(): Promise<void>;
}

/** Passes on to the services of a shop what it is asked, but for what is to fail; whoever opens it closes it. */
export async function standIn(shop: RunningShop, names: readonly ServiceName[]): Promise<StandIns> {
  let now: Troubles = {};
  const addresses: Record<string, string> = {};
  const closers: (() => unknown)[] = [];
  for (const name of names) {
    const { service, address } = topology[name];
    const client = connect(name, shop.grpc(name));
    const calls = client as unknown as Readonly<Record<string, (request: unknown) => Promise<unknown>>>;
    const passOn =
      (method: string): Method =>
      async (request) => {
        const trouble = now[`${name}.${method}`];
        const answer = !trouble || trouble.lost ? await calls[method]?.(request) : undefined;
        if (!trouble) return answer;
        throw new RpcError(trouble.code, "this will not do");
      };
    const methods = rpcsOf(service).map(({ originalName = "" }) => [originalName, passOn(originalName)]);
    const server = await listen(0, [route(service, Object.fromEntries(methods))]);
    addresses[address] = `127.0.0.1:${server.port}`;
    closers.push(client.close, () => server.close(0));
  }
  return {
    addresses,
    suffer(troubles) {
      now = troubles;
    },
    close: async () => void (await Promise.all(closers.map((close) => close()))),
  };
}

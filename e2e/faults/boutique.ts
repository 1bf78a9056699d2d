import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Name, names, roster } from "@boutique/contract/roster";
import { type RedisServer, startRedis } from "@boutique/testkit/redis";
import { freeRange } from "../shop/command.ts";
import { type Door, openDoor } from "./door.ts";
import { startKeeper } from "./keeper.ts";
import { startPackaging } from "./packaging.ts";
import { createReplica, type Event, type Orders, type Replica } from "./replica.ts";

/** Who can be behind a door: a service, the Redis of those that keep something, or who knows how things are packed. */
export type Callee = Name | "redis" | "packaging";

/** Who calls whom. */
export const callees: Readonly<Partial<Record<Name, readonly Callee[]>>> = {
  frontend: ["ad", "cart", "catalog", "checkout", "currency", "recommendation", "shipping", "packaging"],
  checkout: ["cart", "catalog", "currency", "email", "payment", "shipping", "redis"],
  recommendation: ["catalog"],
  cart: ["redis"],
  payment: ["redis"],
  shipping: ["redis"],
};

/** How a shop is to be made. */
export interface Plan {
  /** How many processes each service has; callers know the addresses of all. */
  readonly replicas: (name: Name) => number;
  /**
   * Those who know their peers by a name that leads to all processes; the others are told a list of addresses. Where there
   * are any, the second of two processes has the ports of the first, on another address.
   */
  readonly byName?: readonly Name[];
  /** Whether there is a door between each pair of those who call each other; with one replica of each only. */
  readonly doors?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  /** What is run instead of a service's own main. */
  readonly mains?: Readonly<Partial<Record<Name, string>>>;
  readonly asked?: NonNullable<Orders["asked"]>;
}

/** A whole shop of processes, all of which can be hurt. */
export type Boutique = Awaited<ReturnType<typeof openBoutique>>;

/** Starts a shop with a Redis of its own that writes everything down; whoever opens it closes it. */
export async function openBoutique(plan: Plan) {
  const { replicas, byName = [], doors: withDoors = false, environment = {}, mains = {}, asked } = plan;
  const first = await freeRange();
  const keeper = startKeeper();
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  keeper.folder(folder);
  const redis = await startKeptRedis(folder);
  keeper.keep(redis.process());

  const packaging = await startPackaging();

  const portsOf = (name: Name, place: number) => {
    const row = first + (byName.length > 0 ? 0 : place * (2 * names.length + 1));
    const grpc = row + 1 + names.indexOf(name);
    const host = byName.length > 0 ? `127.0.0.${place + 1}` : "127.0.0.1";
    return { host, http: row, grpc, metrics: grpc + names.length };
  };
  const doors = new Map<string, Door>();
  const placesOf = (callee: Callee) => {
    if (callee === "redis") return [{ host: "127.0.0.1", port: redis.port }];
    if (callee === "packaging") return [{ host: "127.0.0.1", port: packaging.port }];
    const all = Array.from({ length: replicas(callee) }, (_, place) => portsOf(callee, place));
    return all.map(({ host, grpc: port }) => ({ host, port }));
  };
  const addressOf = async (caller: Name, callee: Callee) => {
    const places = placesOf(callee);
    if (withDoors) {
      const door = await openDoor((places[0] as { port: number }).port);
      doors.set(`${caller} ${callee}`, door);
      return door.address;
    }
    if (places.length > 1 && byName.includes(caller)) return `${callee}.test:${places[0]?.port}`;
    const list = places.map(({ host, port }) => `${host}:${port}`).join();
    return places.length > 1 ? `ipv4:${list}` : list;
  };
  const knowingNames = {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${new URL("names.ts", import.meta.url)}`,
  };

  const events: Event[] = [];
  const listeners = new Set<(event: Event) => void>();
  const eventKey = randomUUID();
  const all: Replica[] = [];
  for (const name of names) {
    const addresses: Record<string, string> = { REDIS_ADDR: "" };
    for (const callee of callees[name] ?? []) {
      const address = await addressOf(name, callee);
      if (callee === "redis") addresses.REDIS_ADDR = address;
      else if (callee === "packaging") addresses.PACKAGING_SERVICE_URL = `http://${address}`;
      else addresses[roster[callee].address] = address;
    }
    for (let place = 0; place < replicas(name); place += 1) {
      const main = mains[name];
      const wrote = (event: Event) => {
        events.push(event);
        for (const tell of listeners) tell(event);
      };
      const named = byName.includes(name) ? knowingNames : {};
      const given = { EVENT_KEY: eventKey, STOP_TIMEOUT_MS: "10000", ...environment, ...addresses, ...named };
      const orders = { ports: portsOf(name, place), environment: given, wrote, ...(main && { main, asked }) };
      all.push(createReplica(name, keeper, orders as Orders));
    }
  }

  const shop = {
    redis,
    /** The folder that Redis writes to. */
    folder,
    /** All business events so far, of all who wrote any. */
    events,
    replicas: (name: Name) => all.filter((replica) => replica.name === name),
    all,
    /** Where the n-th storefront is. */
    urlOf: (place = 0) => `http://127.0.0.1:${portsOf("frontend", place).http}`,
    /** Where a service answers gRPC, without a door. */
    grpcOf: (name: Name, place = 0) => `127.0.0.1:${portsOf(name, place).grpc}`,
    /** The doors that lead to somebody, of all callers or of one. */
    doorsTo: (callee: Callee, caller?: Name) =>
      [...doors].flatMap(([pair, door]) =>
        pair.endsWith(` ${callee}`) && (!caller || pair.startsWith(`${caller} `)) ? [door] : [],
      ),
    /** Starts Redis again after it was killed; without its data if that is wished. */
    async restartRedis({ empty = false } = {}) {
      if (empty) {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
      }
      await redis.start();
      keeper.keep(redis.process());
    },
    async close() {
      await Promise.all(all.map((replica) => replica.kill()));
      for (const door of doors.values()) door.close();
      packaging.close();
      await redis.dispose();
      await keeper.close();
    },
  };
  try {
    await Promise.all(all.map((replica) => replica.start()));
  } catch (error) {
    await shop.close();
    throw error;
  }
  return shop;
}

const startKeptRedis = (folder: string): Promise<RedisServer> =>
  startRedis("--appendonly", "yes", "--dir", folder, "--loglevel", "notice");

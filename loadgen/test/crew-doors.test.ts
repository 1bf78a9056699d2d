import { Client, credentials } from "@grpc/grpc-js";
import { it, vi } from "vitest";
import { createCollector } from "../src/crew/collector.ts";
import { type FromCollector, type FromWorker, join, PROTOCOL } from "../src/crew/wire.ts";
import { createNotebook } from "./crew/notebook.ts";
import { orderOf } from "./crew/stand-in.ts";
import { createWorld, soon } from "./crew/world.ts";

vi.setConfig({ testTimeout: 20_000 });

type World = ReturnType<typeof createWorld>;

/** Speaks with a collector as anybody could. */
function stranger(world: World, port: number) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const { path, requestSerialize, responseDeserialize } = join;
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
  const heard: FromCollector[] = [];
  call.on("data", (message: FromCollector) => heard.push(message));
  const status = new Promise<{ details: string }>((resolve) => call.once("status", resolve));
  call.on("error", () => {});
  world.later(async () => {
    call.cancel();
    client.close();
  });
  return { heard, status, say: (message: FromWorker) => call.write(message) };
}

const hello = { protocol: PROTOCOL, name: "ann", machine: "here", cores: 1, version: "0" };

it.concurrent("lets nobody in without the token", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const said: string[] = [];
  const crew = await world.collector(1, { token: "right", say: (words) => said.push(words) });
  for (const token of [undefined, "wrong", "right "]) {
    const { life } = world.worker(crew.port, "ann", { token });
    await expect(life).rejects.toThrow("the collector wants another --token (or LOADGEN_TOKEN)");
  }
  expect(said[0]).toMatch(/^refused a worker from 127\.0\.0\.1:\d+: the collector wants another --token/);
  expect(crew.members()).toEqual([]);

  world.worker(crew.port, "ann", { token: "right" });
  await expect.poll(() => crew.members().length, soon).toBe(1);
});

it.concurrent("asks for a token where others can come", async ({ expect }) => {
  for (const host of ["0.0.0.0", "::", "10.0.0.1", "loadgen.example"]) {
    await expect(createCollector({ host, port: 0, expect: 1 })).rejects.toThrow("give it and its workers one --token");
  }
});

it.concurrent("refuses workers who speak otherwise", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const crew = await world.collector(1);
  const later = stranger(world, crew.port);
  later.say({ hello: { ...hello, protocol: PROTOCOL + 1 } });
  await later.status;
  const words = `worker ann on here speaks version ${PROTOCOL + 1} of the crew's protocol, the collector ${PROTOCOL}`;
  expect(later.heard).toMatchObject([{ refused: { words: expect.stringContaining(words) } }]);

  const rude = stranger(world, crew.port);
  rude.say({ over: { early: "" } });
  await rude.status;
  expect(rude.heard).toMatchObject([{ refused: { words: "a worker says hello first" } }]);
  expect(crew.members()).toEqual([]);
});

it.concurrent("takes no message that is too long", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const crew = await world.collector(1);
  const loud = stranger(world, crew.port);
  loud.say({ hello: { ...hello, name: "a".repeat(5_000_000) } });
  const { details } = await loud.status;
  expect(details).toContain("larger than max");
  expect(crew.members()).toEqual([]);
});

it.concurrent("says so when figures cannot be read, and goes on without them", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(2);
  world.worker(crew.port, "bob");
  const liar = stranger(world, crew.port);
  liar.say({ hello });
  const answered = new Set<FromCollector>();
  await expect
    .poll(() => {
      for (const message of liar.heard) {
        if (!message.ping || answered.has(message)) continue;
        answered.add(message);
        liar.say({ pong: { ...message.ping, ownTime: Date.now() } });
      }
      return crew.members().length;
    })
    .toBe(2);
  const notebook = createNotebook();
  const { done } = await crew.begin(orderOf(shop.url, 2, 0.3), notebook);
  const route = {
    method: "GET",
    name: "/",
    ok: Buffer.from("no histogram"),
    failed: Buffer.alloc(0),
    bytes: 0,
    errors: {},
  };
  liar.say({ interval: { second: 1, length: 1, users: 1, waiting: 0, routes: [route], self: null } });
  await done;

  expect(notebook.flaws).toEqual([
    expect.stringContaining("worker ann is version 0 of the load generator"),
    "worker ann sent figures that cannot be read",
    expect.stringMatching(/^worker ann on here was lost after 0 s: its share of [12]\/2 is missing from then on$/),
  ]);
  expect(notebook.requests("bob")).toBe(3);
});

import { hostname } from "node:os";
import { it, vi } from "vitest";
import { createLocalCrew } from "../src/crew/local.ts";
import { createNotebook } from "./crew/notebook.ts";
import { orderOf } from "./crew/stand-in.ts";
import { createWorld, soon } from "./crew/world.ts";

vi.setConfig({ testTimeout: 20_000 });
const { POSITIVE_INFINITY: ever } = Number;

it.concurrent("goes on with the others when a worker's process is killed, and says who is missing", async ({
  expect,
  onTestFinished,
}) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(3);
  const [, bob] = ["ann", "bob", "cid"].map((name) => world.process("standing-in.ts", String(crew.port), name));
  const notebook = createNotebook();
  const begun = await crew.begin(orderOf(shop.url, 6, 2), notebook);
  await expect.poll(() => notebook.requests("bob"), soon).toBeGreaterThan(0);

  bob?.child.kill("SIGKILL");
  await begun.done;

  const missing = `worker bob on ${hostname()} was lost after \\d s: its share of \\d/3 is missing from then on`;
  expect(notebook.flaws).toEqual([expect.stringMatching(new RegExp(`^${missing}$`))]);
  expect([notebook.requests("ann"), notebook.requests("cid")]).toEqual([40, 40]);
  // What bob told while it lived is kept; what it had no time to tell nobody knows.
  expect(notebook.requests("bob")).toBeLessThan(40);
  expect(shop.requests()).toBeGreaterThanOrEqual(notebook.requests());
});

it.concurrent("goes on without a worker that says nothing any more", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(2, { silence: 1_500 });
  const ann = world.process("standing-in.ts", String(crew.port), "ann");
  world.worker(crew.port, "bob");
  const notebook = createNotebook();
  const begun = await crew.begin(orderOf(shop.url, 2, ever), notebook);

  ann.child.kill("SIGSTOP");
  await expect.poll(() => notebook.flaws, soon).toHaveLength(1);
  expect(notebook.flaws[0]).toMatch(/^worker ann on .* was lost after \d+ s/);

  begun.stop();
  await begun.done;
});

it.concurrent("says so when a worker is told to end during a run, after it has told the last", async ({
  expect,
  onTestFinished,
}) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(2);
  const ann = world.worker(crew.port, "ann");
  world.worker(crew.port, "bob");
  const notebook = createNotebook();
  const begun = await crew.begin(orderOf(shop.url, 2, 1), notebook);
  await expect.poll(() => notebook.requests("ann"), soon).toBeGreaterThan(0);

  ann.end();
  await ann.life;
  await begun.done;

  expect(notebook.flaws).toEqual([expect.stringMatching(/^worker ann .* ended after \d s \(it was told to end\)/)]);
  expect(notebook.requests("bob")).toBe(10);
});

it.concurrent("ends when all are lost", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const crew = await world.collector(1);
  const ann = world.process("standing-in.ts", String(crew.port), "ann");
  const notebook = createNotebook();
  const begun = await crew.begin(orderOf(shop.url, 2, ever), notebook);

  ann.child.kill("SIGKILL");

  await expect(begun.done).rejects.toThrow(/^all workers were lost: the run ended after \d s$/);
  expect(notebook.flaws).toHaveLength(1);
});

it.concurrent("stops the load of workers whose collector dies, who find the next one", async ({
  expect,
  onTestFinished,
}) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const { port, close } = await world.collector(2);
  await close();
  const first = world.process("collecting.ts", shop.url, String(port));
  const said: string[] = [];
  for (const name of ["ann", "bob"]) world.worker(port, name, { say: (words) => said.push(`${name}: ${words}`) });
  await expect.poll(shop.requests, soon).toBeGreaterThan(4);

  first.child.kill("SIGKILL");
  await first.exited;
  const stopped = (name: string) => said.includes(`${name}: the collector is gone: the load is stopped`);
  await expect.poll(() => stopped("ann") && stopped("bob"), soon).toBe(true);
  const before = shop.requests();
  const next = await world.collector(2, { port });
  const notebook = createNotebook();
  await (await next.begin(orderOf(shop.url, 2, 0.2), notebook)).done;

  expect(notebook.requests()).toBe(4);
  // Of what was on its way some may have been counted late: no more than one request for each user.
  expect(shop.requests() - before - 4).toBeLessThanOrEqual(4);
});

it.concurrent("stops the load for a collector that says nothing any more", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop();
  const { port, close } = await world.collector(2);
  await close();
  const collecting = world.process("collecting.ts", shop.url, String(port));
  const said: string[] = [];
  for (const name of ["ann", "bob"])
    world.worker(port, name, { silence: 1_500, say: (words) => said.push(`${name}: ${words}`) });
  await expect.poll(shop.requests, soon).toBeGreaterThan(4);

  collecting.child.kill("SIGSTOP");

  const stopped = (name: string) => said.includes(`${name}: the collector is gone: the load is stopped`);
  await expect.poll(() => stopped("ann") && stopped("bob"), soon).toBe(true);
});

it.concurrent("replaces a process that died, for the next order", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const crew = await createLocalCrew(2);
  world.later(crew.close);
  await expect.poll(() => crew.members().length, soon).toBe(2);
  const [victim = 0] = crew.pids();

  process.kill(victim, "SIGKILL");

  await expect.poll(() => crew.pids().includes(victim), soon).toBe(false);
  await expect.poll(() => crew.members().length, soon).toBe(2);
  const pids = crew.pids();
  await crew.close();
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

it.concurrent("leaves no worker behind when its process is killed", async ({ expect, onTestFinished }) => {
  const world = createWorld({ onTestFinished });
  const shop = await world.shop({ silent: true });
  const owner = world.process("collecting.ts", shop.url, "local");
  await expect.poll(owner.printed, soon).toContain("pids");
  const { pids } = JSON.parse(owner.printed()) as { pids: number[] };
  expect(pids).toHaveLength(2);
  await expect.poll(shop.requests, soon).toBeGreaterThan(0);

  owner.child.kill("SIGKILL");

  const gone = (pid: number) => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  // Not only when the answers come, for which they would wait for 10 s.
  await expect.poll(() => pids.every(gone), { timeout: 5_000 }).toBe(true);
});

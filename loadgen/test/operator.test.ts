import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodeOf } from "../src/command/exit.ts";
import { orderOf } from "./crew/stand-in.ts";
import { createWorld, soon } from "./crew/world.ts";
import { createCrewOnCall, operatorOf, threeSeconds, trial, until } from "./hands/crew-on-call.ts";
import { intervalWith, membersOf, routeWith } from "./intervals.ts";

const host = "http://127.0.0.1:1";
const hold = [{ name: "hold", to: 10, over: 60 }];

describe("an operator", () => {
  it("carries an order out to the plan's end", async () => {
    const crew = createCrewOnCall();
    const operator = operatorOf(crew);
    expect(operator.state()).toBe("ready");
    const result = operator.start({ plan: trial(), host });
    await until(operator, "running");
    threeSeconds(crew);
    expect(operator.snapshot()?.total.requests).toBe(60);
    crew.finish();
    expect(await result).toMatchObject({
      valid: true,
      manifest: { ended: "plan", host, seconds: 3 },
      total: { requests: 60 },
    });
    expect(operator.state()).toBe("stopped");
  });

  it.each([
    [{ p95: 100 }, false, 0],
    [{ p95: 5 }, false, 1],
    [{ failRatio: 0.01 }, true, 1],
    [{ failRatio: 0.1 }, true, 0],
    [{}, true, 0],
  ])("objectives %j with failures %s: exit code %i", async (objectives, failing, code) => {
    const crew = createCrewOnCall();
    const operator = operatorOf(crew);
    const result = operator.start({ plan: trial({ objectives }), host });
    await until(operator, "running");
    threeSeconds(crew, failing);
    crew.finish();
    expect(exitCodeOf(await result)).toBe(code);
  });

  it("calls a result invalid when a worker was lost or could not keep up: exit code 3", async () => {
    for (const spoil of ["lost", "busy", "failed"]) {
      const crew = createCrewOnCall();
      const operator = operatorOf(crew);
      const result = operator.start({ plan: trial({ objectives: { p95: 100 } }), host });
      await until(operator, "running");
      threeSeconds(crew);
      if (spoil === "lost") crew.flaw("worker w1 was lost");
      if (spoil === "busy") crew.tell(intervalWith(4, [routeWith({ ok: [1] })], { self: { cpu: 1 } }));
      if (spoil === "failed") crew.fail("nobody is left");
      else crew.finish();
      const { valid, flaws } = await result;
      expect(valid).toBe(false);
      expect(flaws.join()).toMatch(/lost|busy|nobody/);
      expect(exitCodeOf(await result)).toBe(3);
    }
  });

  it("reports what was done until it was stopped", async () => {
    const crew = createCrewOnCall();
    const operator = operatorOf(crew);
    const result = operator.start({ plan: trial(), host });
    await until(operator, "running");
    threeSeconds(crew);
    operator.stop();
    expect((await result).manifest.ended).toBe("stopped");
    expect((await result).total.requests).toBe(60);
  });

  it("stops by itself when its plan says so", async () => {
    const crew = createCrewOnCall();
    const operator = operatorOf(crew);
    const result = operator.start({ plan: trial({ stopWhen: { failRatio: 0.5, for: 2 } }), host });
    await until(operator, "running");
    for (const second of [1, 2, 3, 4, 5]) {
      crew.tell(intervalWith(second, [routeWith({ failed: [1, 1], errors: { "500": 2 } })]));
    }
    expect((await result).manifest.ended).toBe("stopWhen");
  });

  it("starts the last of several orders, once the one under way is reported", async () => {
    const crew = createCrewOnCall();
    const reported: string[] = [];
    const operator = operatorOf(crew, { finished: ({ manifest }) => reported.push(manifest.plan.name) });
    const first = operator.start({ plan: trial({ name: "first" }), host });
    await until(operator, "running");
    threeSeconds(crew);
    const second = operator.start({ plan: trial({ name: "second" }), host });
    const third = operator.start({ plan: trial({ name: "third" }), host });
    await expect(second).rejects.toThrow("stopped before it began");
    expect((await first).manifest.ended).toBe("stopped");
    await until(operator, "running");
    expect(crew.orders.map(({ plan }) => plan.name)).toEqual(["first", "third"]);
    expect(reported).toEqual(["first"]);
    expect(operator.snapshot()?.total.requests).toBe(0);
    crew.finish();
    await third;
  });

  it("gives up at once what waits for the shop or for workers", async () => {
    const waits = {
      ready: (_: string, signal: AbortSignal) =>
        new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve())),
    };
    const noWorkers = { ...createCrewOnCall(), begin: () => new Promise<never>(() => {}) };
    for (const operator of [operatorOf(createCrewOnCall(), waits), operatorOf(noWorkers)]) {
      const result = operator.start({ plan: trial(), host });
      await until(operator, "waiting");
      operator.stop();
      await expect(result).rejects.toThrow("nothing was measured");
      expect(operator.trouble()).toContain("nothing was measured");
    }
  });

  it("leaves workers who come late to the next order", async () => {
    const world = createWorld({ onTestFinished });
    const shop = await world.shop();
    const collector = await world.collector(1);
    let orders = 0;
    const begin: typeof collector.begin = (...order) => {
      orders += 1;
      return collector.begin(...order);
    };
    const operator = operatorOf({ ...collector, begin });
    const first = operator.start(orderOf(shop.url, 1, 0.2));
    await expect.poll(() => orders, soon).toBe(1);
    operator.stop();
    await expect(first).rejects.toThrow("nothing was measured");
    const second = operator.start(orderOf(shop.url, 1, 0.2));
    await expect.poll(() => orders, soon).toBe(2);
    world.worker(collector.port, "ann");
    expect((await second).total.requests).toBeGreaterThan(0);
  });

  it("shows no second before all workers have told of it", async () => {
    const crew = { ...createCrewOnCall(), members: () => membersOf("w1", "w2") };
    const operator = operatorOf(crew);
    const result = operator.start({ plan: trial(), host });
    await until(operator, "running");
    crew.tell(intervalWith(1, [routeWith({ ok: [1] })]));
    expect(operator.snapshot()?.series).toEqual([]);
    crew.tell(intervalWith(1, [routeWith({ ok: [1] })], { worker: "w2" }));
    expect(operator.snapshot()?.series).toMatchObject([{ second: 1, users: 20, rate: 2 }]);
    crew.finish();
    await result;
  });

  it("knows whether shoppers are still coming", async () => {
    const crew = createCrewOnCall();
    const operator = operatorOf(crew);
    const stages = [{ name: "up", to: 10, over: 5 }, ...hold];
    operator.start({ plan: trial({ stages }), host }).catch(() => {});
    await until(operator, "spawning");
    crew.tell(intervalWith(6, [routeWith({ ok: [1] })]));
    expect(operator.state()).toBe("running");
  });
});

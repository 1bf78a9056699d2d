import { request } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Plan } from "../src/plan/plan.ts";
import { openWeb } from "../src/web/server.ts";
import { createCrewOnCall, operatorOf, threeSeconds, trial, until } from "./hands/crew-on-call.ts";

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly form?: Record<string, string>;
}

async function open(place: { host?: string; token?: string } = {}, plan: Partial<Plan> = {}) {
  const crew = createCrewOnCall();
  const operator = operatorOf(crew);
  const start = {
    host: "http://127.0.0.1:1",
    plan: trial({ name: "command line", ...plan }),
    users: 10,
    spawnRate: 1,
    thresholds: { p95: 123 },
  };
  const web = await openWeb(operator, start, { host: "127.0.0.1", port: 0, token: undefined, ...place });
  onTestFinished(web.close);
  // Not fetch: it does not let a test say which host it means.
  const ask = (path: string, { method = "GET", headers = {}, form }: Asked = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
      const asking = request(new URL(path, web.url), { method, headers: { ...type, ...headers } });
      asking.on("response", async (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) });
      });
      asking.on("error", reject).end(form && new URLSearchParams(form).toString());
    });
  return { crew, operator, web, ask };
}

describe("the web view", () => {
  it("shows a page that brings all it needs", async () => {
    const { ask } = await open();
    const page = await ask("/");
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).not.toMatch(/<script>|style=|https?:\/\/(?!127)/);
    for (const [, path = ""] of page.body.matchAll(/(?:src|href)="(\/[^"]*)"/g))
      expect((await ask(path)).status).toBe(200);
  });

  it("is swarmed and stopped as Locust is", async () => {
    const { crew, operator, ask } = await open();
    const form = { user_count: "5", spawn_rate: "2", host: "http://127.0.0.1:2" };
    const begun = await ask("/swarm", { method: "POST", form });
    expect(JSON.parse(begun.body)).toEqual({ success: true, message: "Swarming started", host: form.host });
    await until(operator, "spawning");
    expect(crew.orders[0]).toMatchObject({ host: form.host, plan: { stages: [{ to: 5, over: 2.5 }, { to: 5 }] } });
    threeSeconds(crew, true);
    const stats = JSON.parse((await ask("/stats/requests")).body);
    expect(stats).toMatchObject({ state: "running", user_count: 10, workers: [{ id: "w1" }] });
    expect(stats.fail_ratio).toBeCloseTo(6 / 66);
    expect(stats.stats.at(-1)).toMatchObject({ name: "Aggregated", num_requests: 66, num_failures: 6 });
    expect(stats.errors).toEqual([{ method: "GET", name: "/", error: "500 Internal Server Error", occurrences: 6 }]);
    expect((await ask("/stats/requests/csv")).status).toBe(404);
    expect(JSON.parse((await ask("/stop")).body)).toEqual({ success: true, message: "Test stopped" });
    await until(operator, "stopped");
    const csv = await ask("/stats/requests/csv");
    expect(csv.headers["content-disposition"]).toContain("stats.csv");
    expect(csv.body).toMatch(/^Type,Name,Request Count,.*\r\nGET,\/,66,6,/s);
    expect((await ask("/result/report.html")).body).toMatch(/^<!doctype html>/i);
    expect(JSON.parse((await ask("/result/result.json")).body).format).toBe(1);
    expect((await ask("/result/passwd")).status).toBe(404);
  });

  it("begins with what the command line said", async () => {
    const hold = [{ name: "hold", to: 40, over: 180 }];
    expect((await (await open({}, { stages: hold })).ask("/")).body).toContain('name="run_time" value="180s"');
    const rate = await open({}, { model: "rate", stages: hold });
    expect((await rate.ask("/")).body).toMatch(/<option value="command line" [^>]*selected>/);

    const { crew, ask } = await open({}, { wait: [0.5, 1], stopTimeout: 3 });
    await ask("/swarm", { method: "POST", form: { user_count: "5" } });
    await expect.poll(() => crew.orders[0]?.plan).toMatchObject({ wait: [0.5, 1], stopTimeout: 3 });
  });

  it("changes the number of users from what it is now", async () => {
    const { crew, operator, ask } = await open();
    await ask("/swarm", { method: "POST", form: { user_count: "10", spawn_rate: "10" } });
    await until(operator, "spawning");
    threeSeconds(crew);
    await ask("/swarm", { method: "POST", form: { user_count: "30", spawn_rate: "4" } });
    while (crew.orders.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(crew.orders[1]?.plan.stages.map(({ to, over }) => [to, over])).toEqual([
      [10, 0],
      [30, 5],
      [30, Number.POSITIVE_INFINITY],
    ]);
  });

  it("starts a shipped plan, and no other file", async () => {
    const { crew, operator, ask } = await open();
    await ask("/swarm", { method: "POST", form: { plan: "smoke" } });
    while (crew.orders.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(crew.orders[0]?.plan).toMatchObject({ name: "smoke", objectives: { p95: 123, failRatio: 0.001 } });
    const refused = await ask("/swarm", { method: "POST", form: { plan: "/etc/passwd.json" } });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({ success: false, message: expect.stringContaining("plan /etc") });
    expect(operator.state()).not.toBe("stopped");
  });

  it.each([
    [{ user_count: "lots" }, "user_count lots: a whole number"],
    [{ user_count: "5", spawn_rate: "-1" }, "spawn_rate -1: a number above 0"],
    [{ host: "javascript:alert(1)" }, "host javascript:alert(1): a URL"],
    [{ user_count: "5", run_time: "later" }, "run_time later: a time"],
  ])("refuses the form %j", async (form, words) => {
    const { crew, ask } = await open();
    const { status, body } = await ask("/swarm", { method: "POST", form });
    expect([status, JSON.parse(body).message]).toEqual([400, expect.stringContaining(words)]);
    expect(crew.orders).toEqual([]);
  });

  it("has live parts without scripts, styles or what a shop has said as HTML", async () => {
    const { crew, operator, ask } = await open();
    operator.start({ plan: trial({ name: "<b>bold" }), host: "http://127.0.0.1:1" }).catch(() => {});
    await until(operator, "running");
    threeSeconds(crew, true);
    for (const width of ["wide", "narrow"]) {
      const { parts, state } = JSON.parse((await ask(`/live?width=${width}`)).body);
      expect(state).toBe("running");
      expect(parts.figures).toContain("req/s");
      expect(parts.charts).toContain("<svg");
      expect(parts.failures).toContain("500 Internal Server Error");
      expect(Object.values(parts).join("")).not.toMatch(/<style|<script|style=|<b>bold/);
    }
  });
});

describe("who may use the web view", () => {
  const swarm = { method: "POST", form: { user_count: "5" } };

  it.each<[string, string, Asked]>([
    [
      "a form of another site",
      "/swarm",
      { ...swarm, headers: { "sec-fetch-site": "cross-site", origin: "http://evil.example" } },
    ],
    ["another port of this machine", "/swarm", { ...swarm, headers: { "sec-fetch-site": "same-site" } }],
    ["a browser that tells only the origin", "/swarm", { ...swarm, headers: { origin: "http://evil.example" } }],
    ["a page of no origin", "/swarm", { ...swarm, headers: { origin: "null" } }],
    ["an image of another site", "/stop", { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" } }],
    [
      "a link of another site to /stop",
      "/stop",
      { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" } },
    ],
  ])("not %s", async (_, path, asked) => {
    const { crew, ask } = await open();
    expect((await ask(path, asked)).status).toBe(403);
    expect(crew.orders).toEqual([]);
  });

  it("not a name that somebody's DNS points here", async () => {
    const { ask } = await open();
    expect((await ask("/", { headers: { host: "evil.example:8089" } })).status).toBe(421);
    expect((await ask("/", { headers: { host: "localhost:1234" } })).status).toBe(200);
    expect((await ask("/", { headers: { host: "[::1]:8089" } })).status).toBe(200);
  });

  it("whoever follows a link to the page, and scripts that are no browsers", async () => {
    const { ask } = await open();
    const followed = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await ask("/", { headers: followed })).status).toBe(200);
    expect((await ask("/swarm", swarm)).status).toBe(200);
  });

  it("beyond this machine, whoever has the token", async () => {
    const { web, ask } = await open({ host: "0.0.0.0" });
    const token = new URL(web.url).searchParams.get("token") ?? "";
    expect(token.length).toBeGreaterThanOrEqual(20);
    for (const path of ["/", "/live", "/stats/requests", "/stop", "/?token=guess"]) {
      expect((await ask(path)).status).toBe(401);
    }
    expect((await ask("/swarm", swarm)).status).toBe(401);
    expect((await ask("/live", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    const shown = await ask(`/?token=${token}`);
    expect([shown.status, shown.headers.location]).toEqual([303, "/"]);
    const [cookie = ""] = shown.headers["set-cookie"] as string[];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    expect((await ask("/live", { headers: { cookie: cookie.split(";")[0] ?? "" } })).status).toBe(200);
  });

  it("does not print a token that was given", async () => {
    const { web, ask } = await open({ token: "given-by-hand" });
    expect(web.url).not.toContain("token");
    expect((await ask("/")).status).toBe(401);
  });
});

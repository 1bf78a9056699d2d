import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { ShopPoint } from "../src/results/result.ts";
import { localShop, watchShop } from "../src/shop/shop-watch.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Tells these metrics, one text after the other and the last again and again; undefined is an error. */
async function serve(...texts: readonly (string | undefined)[]): Promise<string> {
  let asked = 0;
  const server = createServer((_, response) => {
    const text = texts[Math.min(asked, texts.length - 1)];
    asked += 1;
    response.statusCode = text === undefined ? 503 : 200;
    response.end(text);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

const metrics = (cpu: number, more = "") => `# HELP process_cpu_seconds_total Total.
process_cpu_user_seconds_total 1000
process_cpu_seconds_total ${cpu}
process_resident_memory_bytes 104857600
nodejs_eventloop_lag_p99_seconds 0.0125
app_info{version="0.1.0",service="cartservice"} 1
${more}`;

/** The moments that are told until there are so many. */
function moments(sources: Parameters<typeof watchShop>[0], many: number): Promise<(readonly ShopPoint[])[]> {
  const told: (readonly ShopPoint[])[] = [];
  return new Promise((resolve) => {
    const end = watchShop(sources, 0.05, (points) => told.push(points) === many && resolve(told), Date.now() - 5_000);
    ends.push(end);
  });
}

it("tells how each service is doing, and leaves out those that do not answer", async () => {
  const cart = await serve(metrics(10), metrics(10.5, "grpc_server_in_flight 3"));
  const storefront = await serve(
    metrics(1),
    metrics(1, 'http_requests_in_flight{a="b c"} 4\nhttp_requests_in_flight{a="d"} 5\ngrpc_server_in_flight 9'),
  );
  const away = await serve(undefined);
  const sources = [{ url: cart }, { service: "frontend", url: storefront }, { service: "ad", url: away }];

  const begun = performance.now();
  const [[first, second, ...others] = []] = await moments(sources, 1);

  expect(others).toEqual([]);
  expect(first).toMatchObject({ service: "cartservice", rss: 100, loopP99: 12.5, inFlight: 3 });
  expect(second).toMatchObject({ service: "frontend", cpu: 0, inFlight: 9 });
  // It took half a second of CPU between two answers, which came while this test ran.
  const between = 0.5 / (first?.cpu ?? 0);
  expect(between).toBeGreaterThan(0);
  expect(between).toBeLessThan((performance.now() - begun) / 1_000);
  expect(first?.second).toBeGreaterThan(5);
});

it("tells once of a process that several services share", async () => {
  const shared = await Promise.all([1, 2].map(() => serve(metrics(10, "app_process_services 10"))));
  const alone = await serve(metrics(1, "app_process_services 1"));

  const [points = []] = await moments(
    [...shared, alone].map((url, at) => ({ service: `service ${at}`, url })),
    1,
  );

  expect(points.map(({ service }) => service)).toEqual(["all at 127.0.0.1", "service 2"]);
});

it("misses a service while it is away, and when it has begun again", async () => {
  const cart = await serve(metrics(10), undefined, metrics(2), metrics(1), metrics(1));
  const steady = await serve(metrics(0));

  const told = await moments([{ url: cart }, { service: "steady", url: steady }], 4);

  expect(told.map((points) => points.map(({ service }) => service))).toEqual([
    ["steady"],
    ["steady"],
    ["steady"],
    ["cartservice", "steady"],
  ]);
});

it("knows where the services of a shop on this machine are", () => {
  const sources = localShop(8_080);
  expect(sources).toHaveLength(10);
  expect(sources[0]).toEqual({ service: "frontend", url: "http://127.0.0.1:8091/metrics" });
  expect(sources[9]).toEqual({ service: "recommendationservice", url: "http://127.0.0.1:8100/metrics" });
});

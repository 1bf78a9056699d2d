import { expect, it } from "vitest";
import { exposition, httpMetrics, measureProcess, rpcMetrics } from "../src/metrics.ts";

it("metrics are named and labelled as dashboards for gRPC know them", async () => {
  const { started, handled, seconds } = rpcMetrics("server");
  const call = { grpc_type: "unary", grpc_service: "hipstershop.CartService", grpc_method: "GetCart" };
  started.inc(call);
  handled.inc({ ...call, grpc_code: "OK" });
  seconds.observe(call, 0.42);

  const { type, text } = await exposition();

  const labels = 'grpc_type="unary",grpc_service="hipstershop.CartService",grpc_method="GetCart"';
  expect(type).toContain("text/plain");
  expect(text).toContain(`grpc_server_started_total{${labels}} 1`);
  expect(text).toContain(`grpc_server_handled_total{${labels},grpc_code="OK"} 1`);
  expect(text).toContain(`grpc_server_handling_seconds_bucket{le="0.4",${labels}} 0`);
  expect(text).toContain(`grpc_server_handling_seconds_bucket{le="0.45",${labels}} 1`);
});

it("requests are counted by route, and the process by name and version", async () => {
  httpMetrics().requests.inc({ method: "GET", route: "/product/:id", status: 200 });
  measureProcess("frontend", "1.2.3");

  const { text } = await exposition();

  expect(text).toContain('http_requests_total{method="GET",route="/product/:id",status="200"} 1');
  expect(text).toContain('app_info{service="frontend",version="1.2.3"} 1');
  expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
});

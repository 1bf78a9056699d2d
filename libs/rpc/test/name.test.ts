import { type LookupAddress, promises as resolver } from "node:dns";
import { setTimeout as pause } from "node:timers/promises";
import { topology } from "@boutique/contract/topology";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Connected, connect } from "../src/client.ts";
import { listen, route } from "../src/server.ts";

const here: LookupAddress[] = [{ address: "127.0.0.1", family: 4 }];
const unknown = () => Object.assign(new Error("getaddrinfo ENOTFOUND checkoutservice"), { code: "ENOTFOUND" });

let server: Awaited<ReturnType<typeof listen>>;
let checkout: Connected<"checkout">;
const lookup = vi.spyOn(resolver, "lookup");
const lookUp = (find: () => Promise<LookupAddress[]>) => lookup.mockImplementation(find as never);

beforeEach(async () => {
  server = await listen(0, [route(topology.checkout.service, { listOrders: () => ({ orders: [] }) })]);
  lookup.mockReset();
  checkout = connect("checkout", `checkoutservice:${server.port}`);
});
afterEach(async () => {
  checkout.close();
  await server.close(0);
});

it("a name that nobody knew at first is asked for again before the first call", async () => {
  let known = false;
  lookUp(() => (known ? Promise.resolve(here) : Promise.reject(unknown())));
  checkout.warm();
  await expect.poll(() => lookup.mock.calls.length).toBeGreaterThan(1);

  known = true;

  await expect.poll(() => checkout.state(), { timeout: 3_000 }).toBe("READY");
  await expect(checkout.listOrders({ userId: "ada" })).resolves.toEqual({ orders: [] });
});

it("a name that nobody knows is asked for with pauses, and fails a call soon", async () => {
  lookUp(() => Promise.reject(unknown()));
  checkout.warm();
  await pause(2_000);

  expect(lookup.mock.calls.length).toBeGreaterThan(2);
  expect(lookup.mock.calls.length).toBeLessThan(10);
  await expect(checkout.listOrders({ userId: "ada" })).rejects.toThrow("UNAVAILABLE");
});

it("a name is asked for its addresses alone, not for how to call them", async () => {
  const resolveTxt = vi.spyOn(resolver, "resolveTxt");
  lookUp(async () => here);

  await checkout.listOrders({ userId: "ada" });

  expect(lookup).toHaveBeenCalled();
  expect(resolveTxt).not.toHaveBeenCalled();
});

it("a name that is long in coming is not asked for again meanwhile", async () => {
  lookUp(() => pause(2_500, here));
  checkout.warm();

  await expect.poll(() => checkout.state(), { timeout: 5_000 }).toBe("READY");
  expect(lookup).toHaveBeenCalledTimes(1);
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rpcsOf } from "../src/proto.ts";
import { defaultAddress, names, type ServiceName, topology } from "../src/topology.ts";
import { type Declared, declaredIn } from "./reflect.ts";

type Kind = keyof Declared;
const table: Record<"original" | "added", Declared> = JSON.parse(
  readFileSync(new URL("wire-table.json", import.meta.url), "utf8"),
);
const proto = declaredIn("shop.proto");
const namesOf = (kind: Kind) => [...new Set([...Object.keys(table.original[kind]), ...Object.keys(table.added[kind])])];
const expected = (kind: Kind, name: string) => [
  ...(table.original[kind][name] ?? []),
  ...(table.added[kind][name] ?? []),
];

describe("the proto", () => {
  it.each(namesOf("messages"))("has the message %s with the fields that were promised, and no others", (name) => {
    expect(proto.messages[name]).toEqual(expected("messages", name));
  });

  it.each(namesOf("services"))("has the service %s with the methods that were promised, and no others", (name) => {
    expect(proto.services[name]?.toSorted()).toEqual(expected("services", name).toSorted());
  });

  it("has no messages and services besides", () => {
    expect(Object.keys(proto.messages).toSorted()).toEqual(namesOf("messages").toSorted());
    expect(Object.keys(proto.services).toSorted()).toEqual(namesOf("services").toSorted());
    expect(proto.enums).toEqual({});
  });

  it("is of the package that callers name in their paths", () => {
    for (const { path } of names.flatMap((name) => (name === "frontend" ? [] : rpcsOf(topology[name].service)))) {
      expect(path).toMatch(/^\/hipstershop\.[A-Z]\w+\/[A-Z]\w+$/);
    }
  });

  it("never sends again what adds, charges, ships or writes", () => {
    const once = names
      .flatMap((name) => (name === "frontend" ? [] : rpcsOf(topology[name].service)))
      .filter(({ options }) => options.idempotency_level === "IDEMPOTENCY_UNKNOWN")
      .map(({ path }) => path.split("/").at(-1));

    expect(once.toSorted()).toEqual([
      "AddItem",
      "Charge",
      "PlaceOrder",
      "Refund",
      "SendOrderConfirmation",
      "ShipOrder",
    ]);
  });
});

describe("the health proto", () => {
  const health = declaredIn("grpc/health/v1/health.proto");

  it("is the standard one, with Watch (original: Check alone)", () => {
    expect(health).toEqual({
      messages: {
        HealthCheckRequest: ["service = 1: string"],
        HealthCheckResponse: ["status = 1: ServingStatus"],
      },
      services: {
        Health: [
          "Check(HealthCheckRequest): HealthCheckResponse",
          "Watch(HealthCheckRequest): stream HealthCheckResponse",
        ],
      },
      enums: { ServingStatus: ["UNKNOWN = 0", "SERVING = 1", "NOT_SERVING = 2", "SERVICE_UNKNOWN = 3"] },
    });
  });
});

describe("the topology", () => {
  const callable = names.filter((name): name is ServiceName => name !== "frontend");

  it("has one entry for every service of the proto", () => {
    const served = callable.map((name) => rpcsOf(topology[name].service)[0]?.path.split(/[/.]/)[2]);

    expect(served.toSorted()).toEqual(Object.keys(proto.services).toSorted());
  });

  it.each([
    ["frontend", "frontend", 8080, "FRONTEND_ADDR"],
    ["cart", "cartservice", 7070, "CART_SERVICE_ADDR"],
    ["catalog", "productcatalogservice", 3550, "PRODUCT_CATALOG_SERVICE_ADDR"],
    ["currency", "currencyservice", 7000, "CURRENCY_SERVICE_ADDR"],
    ["checkout", "checkoutservice", 5050, "CHECKOUT_SERVICE_ADDR"],
    ["payment", "paymentservice", 50051, "PAYMENT_SERVICE_ADDR"],
    ["shipping", "shippingservice", 50051, "SHIPPING_SERVICE_ADDR"],
    ["email", "emailservice", 8080, "EMAIL_SERVICE_ADDR"],
    ["ad", "adservice", 9555, "AD_SERVICE_ADDR"],
    ["recommendation", "recommendationservice", 8080, "RECOMMENDATION_SERVICE_ADDR"],
  ] as const)("has %s where the original has it", (name, workload, port, address) => {
    expect(topology[name]).toMatchObject({ workload, port, address });
  });

  it("names everyone once", () => {
    expect(names).toHaveLength(10);
    expect(new Set(names.map((name) => topology[name].workload)).size).toBe(10);
    expect(new Set(names.map((name) => topology[name].address)).size).toBe(10);
  });

  it.each([
    ["email", "emailservice:5000"],
    ["frontend", "frontend:80"],
    ["cart", "cartservice:7070"],
  ] as const)("finds %s where a cluster offers it", (name, address) => {
    expect(defaultAddress(name)).toBe(address);
  });
});

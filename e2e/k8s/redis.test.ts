import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShopper } from "../shopper.ts";
import { makeCertificates } from "./certificates.ts";
import { create, kubectl } from "./cluster.ts";
import { through } from "./forward.ts";
import { redisImage, restricted } from "./image.ts";
import { untilReady } from "./pods.ts";
import { openShop, type Shop } from "./shop.ts";

// Carts that are kept elsewhere, behind a password, and spoken of in secret.
let shop: Shop;
const password = "open-sesame";
const certificates = makeCertificates("redis-cart", "elsewhere");

beforeAll(async () => {
  shop = await openShop();
  await create(secret("redis-cart-tls", certificates), ...elsewhere());
  await untilReady(shop.namespace, "elsewhere", 1);
}, 120_000);
afterAll(() => shop?.remove(), 240_000);

describe("tls-redis", () => {
  it("keeps carts in the shop's own Redis, which speaks nothing but TLS, and sells", async () => {
    await shop.apply(["tls-redis"]);

    await expectCartIn("redis-cart-0", ["--tls", "--cacert", "/tls/ca.crt"]);
    await expect(redis("redis-cart-0", "ping")).rejects.toThrow(/I\/O error|closed|reset|Error/);
    await shop.sellsAgain();
  }, 120_000);
});

describe("external-redis", () => {
  it("keeps carts in a Redis of another address, with a password, has none of its own, and sells", async () => {
    await kubectl("delete", "statefulset,service", "redis-cart", "--namespace", shop.namespace);
    await create(secret("redis-cart", { address: "elsewhere:6379", password }));
    await shop.apply(["external-redis"]);

    await expectCartIn("elsewhere", ["-a", password, "--no-auth-warning"]);
    await shop.sellsAgain();
  }, 120_000);

  it("speaks TLS with it, if tls-redis is there as well", async () => {
    await kubectl("delete", "secret", "redis-cart", "--namespace", shop.namespace);
    await create(secret("redis-cart", { address: "elsewhere:6380", password }));
    await shop.apply(["tls-redis", "external-redis"]);

    await expectCartIn("elsewhere", ["-a", password, "--no-auth-warning"]);
    await shop.sellsAgain();
  }, 120_000);
});

const redis = (pod: string, ...words: readonly string[]) =>
  kubectl("exec", "--namespace", shop.namespace, pod, "--", "redis-cli", ...words);

/** Has somebody put something into a new cart, and expects it in that Redis; a tunnel that leads nowhere is dug again. */
async function expectCartIn(pod: string, options: readonly string[]): Promise<void> {
  const count = async () => Number(await redis(pod, ...options, "dbsize"));
  const before = await count();
  const fill = () =>
    through(shop.namespace, "service/frontend", 80, async (address) => {
      const shopper = createShopper(`http://${address}`);
      await shopper.get("/");
      await shopper.post("/cart", { product_id: "6E92ZMYYFZ", quantity: "3" });
      return (await shopper.get("/cart")).text;
    });
  await expect.poll(fill, { timeout: 60_000, interval: 500 }).toContain("6E92ZMYYFZ");
  expect(await count()).toBeGreaterThan(before);
}

const secret = (name: string, stringData: Readonly<Record<string, string>>) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: shop.namespace },
  stringData,
});

/** A Redis as others run it: with a password, plain on one port and TLS on another. */
function elsewhere(): object[] {
  const metadata = { name: "elsewhere", namespace: shop.namespace };
  const files = ["--tls-cert-file", "/tls/tls.crt", "--tls-key-file", "/tls/tls.key", "--tls-auth-clients", "no"];
  const container = {
    name: "redis",
    image: redisImage,
    command: ["redis-server", "--save", "", "--requirepass", password, "--tls-port", "6380", ...files],
    securityContext: restricted,
    volumeMounts: [{ name: "tls", mountPath: "/tls" }],
    readinessProbe: { tcpSocket: { port: 6380 }, periodSeconds: 1 },
  };
  return [
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, labels: { app: "elsewhere" } },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { fsGroup: 1000 },
        containers: [container],
        volumes: [{ name: "tls", secret: { secretName: "redis-cart-tls" } }],
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: {
        selector: { app: "elsewhere" },
        ports: [6379, 6380].map((port) => ({ name: `tcp-${port}`, port })),
      },
    },
  ];
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "@boutique/contract/proto";
import type { Handlers } from "@boutique/contract/topology";
import { RpcError } from "@boutique/rpc/error";
import { faultSettings } from "@boutique/runtime/fault-settings";
import { createFaults } from "@boutique/runtime/faults";
import { observeRequests } from "@boutique/runtime/requests";
import { readSettings } from "@boutique/runtime/settings";
import { versionOf } from "@boutique/runtime/version";
import { createLog } from "@boutique/telemetry/log";
import type { Tracer } from "@boutique/telemetry/tracer";
import { type RecordedBusiness, recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { onTestFinished } from "vitest";
import { settings } from "../src/settings.ts";
import type { ShopPeers } from "../src/shop.ts";
import { createSignals } from "../src/signals.ts";
import { createStorefront } from "../src/storefront.ts";

export const mug: Message<"Product"> = {
  id: "6E92ZMYYFZ",
  name: "Mug",
  description: "A mug <b>of</b> one's own",
  picture: "/static/img/products/mug.jpg",
  priceUsd: { currencyCode: "USD", units: "8", nanos: 990_000_000 },
  categories: ["kitchen"],
};
const jar = { ...mug, id: "9SIQT8TOJO", name: "Jar", picture: "/static/img/products/elsewhere.jpg" };

export type Fakes = { [N in keyof ShopPeers]: Partial<Handlers<N>> };

/** Peers in which all goes well, with one cart for each shopper. */
function usual(): Fakes {
  const carts = new Map<string, Message<"CartItem">[]>();
  let orders = 0;
  return {
    ad: { getAds: () => ({ ads: [{ redirectUrl: "/product/9SIQT8TOJO", text: "A jar for less" }] }) },
    cart: {
      addItem: ({ userId, item }) => {
        carts.set(userId, [...(carts.get(userId) ?? []), ...(item ? [item] : [])]);
        return {};
      },
      getCart: ({ userId }) => ({ userId, items: carts.get(userId) ?? [] }),
      emptyCart: ({ userId }) => {
        carts.delete(userId);
        return {};
      },
    },
    catalog: {
      listProducts: () => ({ products: [mug, jar] }),
      getProduct: ({ id }) => [mug, jar].find((product) => product.id === id) ?? missing(),
      searchProducts: ({ query }) => ({ results: [mug, jar].filter(({ name }) => name.includes(query)) }),
    },
    checkout: {
      placeOrder: ({ userId, userCurrency, address }) => {
        const items = carts.get(userId) ?? [];
        carts.delete(userId);
        orders += 1;
        const price = { currencyCode: userCurrency, units: "10", nanos: 0 };
        return {
          order: {
            orderId: `5f3a0c7e-0000-4000-8000-${String(orders).padStart(12, "0")}`,
            shippingTrackingId: "AB-12345-123456789",
            shippingCost: price,
            shippingAddress: address,
            items: items.map((item) => ({ item, cost: price })),
          },
        };
      },
    },
    currency: {
      getSupportedCurrencies: () => ({ currencyCodes: ["EUR", "USD", "JPY", "HRK"] }),
      convertMany: ({ from, toCode }) => ({ amounts: from.map((money) => ({ ...money, currencyCode: toCode })) }),
    },
    recommendation: { listRecommendations: () => ({ productIds: ["9SIQT8TOJO", "GONE"] }) },
    shipping: { getQuote: () => ({ costUsd: { currencyCode: "USD", units: "8", nanos: 990_000_000 } }) },
  };
}

const missing = (): never => {
  throw new RpcError("NOT_FOUND", "no such product");
};

/** A browser without scripts: keeps cookies, and follows redirects only when asked to. */
export interface Browser extends Pick<RecordedBusiness, "lines" | "pass" | "metrics"> {
  readonly url: string;
  /** The calls that were made of the peers, since the last look. */
  readonly calls: () => string[];
  /** What was said on the span of each request, oldest first. */
  readonly notes: readonly Record<string, unknown>[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form, of whose answer the browser sees nothing, cookies included. */
  postUnseen(path: string, form: Record<string, string>): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Opens a storefront on a free port over fake peers, all of them over the wire. A peer that never answers is best given
 * up soon: `patience` has the milliseconds.
 */
export async function openShop(
  different: Partial<Fakes> = {},
  env: Record<string, string> = {},
  patience: { [N in keyof Fakes]?: number } = {},
): Promise<Browser> {
  const calls: string[] = [];
  const base = usual();
  const peer = async <N extends keyof Fakes>(name: N) => {
    const answers = Object.entries({ ...base[name], ...different[name] }).map(([method, answer]) => [
      method,
      (request: never, context: never) => {
        calls.push(`${name}.${method}`);
        return (answer as (request: never, context: never) => unknown)(request, context);
      },
    ]);
    return overTheWire(name, Object.fromEntries(answers), patience[name]);
  };
  const peers: ShopPeers = {
    ad: await peer("ad"),
    cart: await peer("cart"),
    catalog: await peer("catalog"),
    checkout: await peer("checkout"),
    currency: await peer("currency"),
    recommendation: await peer("recommendation"),
    shipping: await peer("shipping"),
  };
  const told = {
    ...readSettings(settings, env),
    APP_VERSION: "9.9.9",
    ORDER_TIMEOUT_MS: Number(env.ORDER_TIMEOUT_MS ?? 10_000),
    OPTIONAL_TIMEOUT_MS: 150,
  };
  const log = createLog({ service: "frontend", version: "test", level: "silent" });
  const { business, registry, ...recorded } = recordBusiness();
  const { tracer, notes } = recordSpans();
  const faults = createFaults(readSettings(faultSettings, env), () => true, registry);
  const version = versionOf("frontend", { APP_VERSION: "9.9.9", APP_COMMIT: env.APP_COMMIT ?? "" }, faults.told);
  const storefront = createStorefront(peers, told, createSignals(business), { log, version, faults: faults.pages });
  const server = createServer(observeRequests(registry, log, () => tracer, storefront)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close().closeAllConnections());

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jar = new Map<string, string>();
  const send = (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie && { cookie }), ...init.headers };
    return fetch(url + path, { ...init, headers, redirect: "manual" });
  };
  const ask = async (...request: Parameters<typeof send>): Promise<Answer> => {
    const response = await send(...request);
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Expires=Thu, 01 Jan 1970/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    ...recorded,
    url,
    calls: () => calls.splice(0),
    notes,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) => ask(path, { method: "POST", body: new URLSearchParams(form), headers }),
    postUnseen: async (path, form) => {
      await (await send(path, { method: "POST", body: new URLSearchParams(form), headers: {} })).text();
    },
  };
}

/** A tracer whose spans are kept in memory. */
function recordSpans() {
  const notes: Record<string, unknown>[] = [];
  const tracer: Tracer = () => {
    const own = {};
    notes.push(own);
    return {
      traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01`,
      set: (attributes) => void Object.assign(own, attributes),
      event() {},
      rename() {},
      fail() {},
      end() {},
    };
  };
  return { tracer, notes };
}

/** The hidden fields of a cart's checkout form. */
export const hiddenIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/type="hidden" name="(idempotency_key|expected_total)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value],
    ),
  );

/** Where the links of a page lead, as a browser reads them. */
export const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, link = ""]) =>
    link.replaceAll("&#x3D;", "=").replaceAll("&amp;", "&"),
  );

/** A checkout form that will do. */
export const orderForm = {
  email: "ada@example.com",
  street_address: "1 Main St",
  zip_code: "97477",
  city: "Springfield",
  state: "OR",
  country: "USA",
  credit_card_number: "4432-8015-6152-0454",
  credit_card_expiration_month: "1",
  credit_card_expiration_year: String(new Date().getUTCFullYear() + 1),
  credit_card_cvv: "672",
};

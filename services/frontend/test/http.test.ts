import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { mug, openShop, orderForm } from "./shop.ts";

const uuid4 = /^shop_session-id=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}; /;

const etagOf = (headers: Headers) => String(headers.get("etag")).replace(/-(br|gzip)"$/, '"');

describe("the session", () => {
  it("is a cookie for the whole site, out of reach of scripts (original: of one folder, open)", async () => {
    const shop = await openShop();

    const [cookie] = (await shop.get(`/product/${mug.id}`)).headers.getSetCookie();

    expect(cookie).toMatch(uuid4);
    expect(cookie).toMatch(/Max-Age=172800; Path=\/;.*HttpOnly; SameSite=Lax$/);
  });

  it.each(["", "admin", "12345678-1234-1234-1234-123456789123", "x".repeat(4_000)])(
    "in a form we did not issue is replaced (original: taken as it is): %.40s",
    async (id) => {
      const shop = await openShop();

      const { headers } = await shop.get("/", { cookie: `shop_session-id=${id}` });

      expect(headers.getSetCookie()[0]).toMatch(uuid4);
    },
  );

  it("of our own is kept", async () => {
    const shop = await openShop();
    await shop.get("/");

    expect((await shop.get("/")).headers.getSetCookie()).toEqual([]);
  });

  it.each(["/static/styles.css", "/_healthz", "/robots.txt", "/version", "/nowhere"])(
    "is not begun by %s (original: by every request)",
    async (path) => {
      const shop = await openShop();

      expect((await shop.get(path)).headers.getSetCookie()).toEqual([]);
      expect(shop.calls()).toEqual([]);
    },
  );

  it("is one for all when told so", async () => {
    const shop = await openShop({}, { ENABLE_SINGLE_SHARED_SESSION: "true" });

    expect((await shop.get("/")).headers.getSetCookie()[0]).toContain("12345678-1234-1234-1234-123456789123");
  });

  it("ends with logout, and so does the choice of currency", async () => {
    const shop = await openShop();
    await shop.post("/setCurrency", { currency_code: "EUR" });

    const { status, headers } = await shop.get("/logout");

    expect([status, headers.get("location")]).toEqual([302, "/"]);
    expect(headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual(["shop_session-id", "shop_currency"]);
    expect((await shop.get("/")).text).toContain("$8.99");
  });

  it("is for https alone where the visitor came by it", async () => {
    const shop = await openShop();

    expect((await shop.get("/", { "x-forwarded-proto": "https" })).headers.getSetCookie()[0]).toContain("Secure");
  });
});

describe("a form", () => {
  it.each(["https://evil.example", "null", "nonsense"])("from %s is refused (original: taken)", async (origin) => {
    const shop = await openShop();

    const { status } = await shop.post("/cart", { product_id: mug.id, quantity: "1" }, { origin });

    expect(status).toBe(403);
    expect(shop.calls()).toEqual([]);
  });

  it("from our own page, or from a client that does not say, is taken", async () => {
    const shop = await openShop();
    const add = (headers: Record<string, string>) => shop.post("/cart", { product_id: mug.id, quantity: "1" }, headers);

    expect((await add({ origin: shop.url })).status).toBe(302);
    expect((await add({})).status).toBe(302);
  });

  it.each([
    ["the browser says so, whatever a proxy made of the host", { "sec-fetch-site": "same-origin" }],
    ["the first of several proxies says so", { "x-forwarded-host": "shop.example, inner.example" }],
  ])("from our own page is taken where %s", async (_, headers) => {
    const shop = await openShop();
    const form = { product_id: mug.id, quantity: "1" };

    expect((await shop.post("/cart", form, { origin: "https://shop.example", ...headers })).status).toBe(302);
  });

  it("may be multipart, and its first of two fields counts", async () => {
    const shop = await openShop();
    const body = new FormData();
    body.append("product_id", mug.id);
    body.append("quantity", "2");
    body.append("quantity", "99");

    const { status } = await fetch(`${shop.url}/cart`, { method: "POST", body, redirect: "manual" });
    const broken = { method: "POST", body: "x", headers: { "content-type": "multipart/form-data; boundary=y" } };

    expect(status).toBe(302);
    expect((await fetch(`${shop.url}/cart`, broken)).status).toBe(400);
  });

  it("that is too large is refused", async () => {
    const shop = await openShop();

    expect((await shop.post("/cart/checkout", { ...orderForm, city: "x".repeat(40_000) })).status).toBe(413);
  });

  it("may send its fields in the query, and the first of two counts", async () => {
    const shop = await openShop();

    expect((await shop.post(`/cart?product_id=${mug.id}&quantity=1`, {})).status).toBe(302);
    expect((await shop.post(`/cart?quantity=2&quantity=99&product_id=${mug.id}`, {})).status).toBe(302);
  });
});

describe("every answer", () => {
  it.each(["/", "/nowhere", "/static/styles.css", "/_healthz"])(
    "of %s carries the headers of safety and the version",
    async (path) => {
      const shop = await openShop();

      const { headers } = await shop.get(path);

      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("x-app-version")).toBe("9.9.9");
      expect(headers.get("x-powered-by")).toBeNull();
    },
  );

  it.each([
    ["/", "DELETE", 405],
    ["/cart/empty", "GET", 405],
    ["/setCurrency", "GET", 405],
    ["/nowhere", "GET", 404],
    ["/product/%E0%A4%A", "GET", 400],
    ["/static/../package.json", "GET", 404],
    ["/static/%2e%2e/package.json", "GET", 404],
    ["/static/", "GET", 404],
  ])("to a bad request is a page: %s by %s is %i", async (path, method, status) => {
    const shop = await openShop();

    expect((await fetch(shop.url + path, { method })).status).toBe(status);
  });

  it("to a wrong method says which are right", async () => {
    const shop = await openShop();

    expect((await fetch(`${shop.url}/cart`, { method: "PUT" })).headers.get("allow")).toBe("OPTIONS, GET, HEAD, POST");
    const options = await fetch(`${shop.url}/logout`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "OPTIONS, GET, HEAD"]);
  });

  it.each([
    ["baggage", "k=\u00e9"],
    ["tracestate", "a=1\tb"],
    ["baggage", "x".repeat(9_000)],
  ])("is not spoilt by a %s header that cannot be sent on", async (name, value) => {
    const shop = await openShop();

    expect((await shop.get("/", { [name]: value })).status).toBe(200);
  });

  it("that is a page offers the choice of currency, also where there is nothing", async () => {
    const shop = await openShop();

    expect((await shop.get("/nowhere", { cookie: "shop_currency=JPY" })).text).toContain('value="JPY" selected');
  });

  it("to HEAD is that of GET without its body", async () => {
    const shop = await openShop();

    const response = await fetch(`${shop.url}/`, { method: "HEAD" });

    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

describe("plain addresses", () => {
  it("say that the process lives, what runs, and that robots stay out", async () => {
    const shop = await openShop({}, { APP_COMMIT: "abc123" });

    expect((await shop.get("/_healthz")).text).toBe("ok");
    expect(JSON.parse((await shop.get("/version")).text)).toEqual({
      service: "frontend",
      version: "9.9.9",
      commit: "abc123",
      node: process.version,
    });
    expect((await shop.get("/robots.txt")).text).toContain("Disallow: /");
  });
});

describe("static files", () => {
  it("are kept for ever by the address with their hash, asked about again by their plain one (original: neither)", async () => {
    const shop = await openShop();
    const [address = ""] = /\/static\/styles\.[0-9a-f]{10}\.css/.exec((await shop.get("/")).text) ?? [];

    expect((await shop.get(address)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const { headers } = await shop.get("/static/styles.css");
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    // fetch would say no-cache along with it, which asks for the whole file.
    const again = request(`${shop.url}/static/styles.css`, { headers: { "if-none-match": etagOf(headers) } }).end();
    const [{ statusCode }] = await once(again, "response");
    expect(statusCode).toBe(304);
  });

  it.each(["br", "gzip", "identity"])("come as %s to who takes it", async (encoding) => {
    const shop = await openShop();

    const { headers, text } = await shop.get("/static/styles.css", { "accept-encoding": encoding });

    expect(headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
    expect(text).toContain("--");
  });

  it.each([
    "sunglasses",
    "tank-top",
    "watch",
    "loafers",
    "hairdryer",
    "candle-holder",
    "salt-and-pepper-shakers",
    "bamboo-glass-jar",
    "mug",
  ])("show %s by the path that catalogues give", async (name) => {
    const shop = await openShop();

    const response = await fetch(`${shop.url}/static/img/products/${name}.jpg`);

    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });
});

describe("below a prefix", () => {
  it("every link, form, picture and redirect stays there", async () => {
    const shop = await openShop({}, { BASE_URL: "/shop/" });
    await shop.post("/shop/cart", { product_id: mug.id, quantity: "1" });

    for (const path of ["/shop", "/shop/", `/shop/product/${mug.id}`, "/shop/cart", "/shop/nowhere"]) {
      const { text } = await shop.get(path);
      const links = [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link]) => link);
      expect(links.length).toBeGreaterThan(5);
      for (const link of links) expect(link).toMatch(/^\/shop(\/|$)/);
    }
    expect((await shop.post("/shop/cart/empty", {})).headers.get("location")).toBe("/shop/");
    const chosen = await shop.post("/shop/setCurrency", { currency_code: "EUR", return_to: "/cart" });
    expect(chosen.headers.get("location")).toBe("/shop/cart");
    expect((await shop.get("/shop/_healthz")).text).toBe("ok");
    expect((await shop.get("/cart")).status).toBe(404);
    expect((await shop.get("/")).headers.get("location")).toBe("/shop/");
  });
});

describe("calls for a page, once it is known what does not change with the shopper", () => {
  it("are few", async () => {
    const shop = await openShop();
    await shop.post("/setCurrency", { currency_code: "EUR" });
    await shop.post("/cart", { product_id: mug.id, quantity: "1" });
    await shop.get("/cart");
    shop.calls();
    const callsFor = async (answer: Promise<unknown>) => {
      await answer;
      return shop.calls().length;
    };

    expect(await callsFor(shop.get("/"))).toBeLessThanOrEqual(2);
    expect(await callsFor(shop.get(`/product/${mug.id}`))).toBeLessThanOrEqual(5);
    expect(await callsFor(shop.post("/cart", { product_id: mug.id, quantity: "1" }))).toBeLessThanOrEqual(2);
    expect(await callsFor(shop.get("/cart"))).toBeLessThanOrEqual(4);
    expect(await callsFor(shop.post("/cart/checkout", orderForm))).toBeLessThanOrEqual(2);
  });
});

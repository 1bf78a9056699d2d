import { request } from "node:http";
import { text as read } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runs, text } from "../hostile/texts.ts";
import { expectUnharmed, takePulses } from "../hostile/unharmed.ts";
import { type RunningShop, startShop } from "../running-shop.ts";
import { checkoutForm } from "../shopper.ts";

// Every page and form of the storefront, by strangers who send whatever comes to their minds.
let shop: RunningShop;
let before: Awaited<ReturnType<typeof takePulses>>;
beforeAll(async () => {
  shop = await startShop();
  before = await takePulses(shop);
});
afterAll(() => shop?.stop());

/** What the storefront may answer to a stranger while all of the shop is well. */
const fair = [200, 204, 302, 303, 400, 403, 404, 405, 409, 413, 415, 422, 431];

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Asks as it is told to: nothing of the path is put right on the way, as fetch would. */
async function ask(path: string, { method = "GET", headers = {}, body = "" }: Sent = {}) {
  const asked = request(shop.url, { path, method, headers, agent: false });
  const answered = Promise.withResolvers<{ status: number; page: string }>();
  asked.once("error", answered.reject);
  asked.once("response", (response) =>
    read(response).then((page) => answered.resolve({ status: response.statusCode ?? 0, page }), answered.reject),
  );
  asked.end(body);
  return answered.promise;
}

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const forms = {
  "/cart": { product_id: "OLJCESPC7Z", quantity: "2" },
  "/cart/empty": {},
  "/cart/checkout": { ...checkoutForm, idempotency_key: "", expected_total: "" },
  "/setCurrency": { currency_code: "EUR", return_to: "/cart" },
};

/** A form that is right but for some of its fields, and has some that nobody asked for; texts as bytes, well coded or not. */
const formOf = (fields: Readonly<Record<string, string>>) =>
  fc
    .tuple(
      fc.record(
        Object.fromEntries(
          Object.entries(fields).map(([name, right]) => [
            name,
            fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: text }),
          ]),
        ),
        { requiredKeys: [] },
      ),
      fc.array(
        fc.tuple(fc.constantFrom(...Object.keys(fields), "a[b]", "a[]", "__proto__", "toString", "", "q"), text),
        {
          maxLength: 3,
        },
      ),
      fc.boolean(),
    )
    .map(([right, more, twice]) => {
      const pairs = [...Object.entries(right), ...more].map(
        ([name, value]) => `${quoted(name)}=${quoted(String(value))}`,
      );
      return [...pairs, ...(twice ? pairs : [])].join("&");
    });

const quoted = (value: string) => encodeURIComponent(value.toWellFormed());

describe.each(Object.entries(forms))("the form of %s", (path, fields) => {
  it("makes a page of whatever is sent, or says what is wrong with it", async () => {
    await fc.assert(
      fc.asyncProperty(formOf(fields), async (body) => {
        const { status } = await ask(path, { method: "POST", headers: urlencoded, body });
        expect(fair, body).toContain(status);
      }),
      runs(120),
    );
  });

  it.each([
    ["no form at all", {}, "x"],
    ["another type of form", { "content-type": "application/json" }, '{"product_id":{"$gt":""},"quantity":[1]}'],
    ["a type that is none", { "content-type": "application/x-www-form-urlencoded; charset=utf-99" }, "a=b"],
    ["a coding that is none", { ...urlencoded, "content-encoding": "gzip" }, "not gzip"],
    ["a coding that nobody knows", { ...urlencoded, "content-encoding": "zstd, br, br, br" }, "a=b"],
    ["bytes that are no text", urlencoded, Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0xc0, 0x80, 0x26, 0x00])],
    ["broken percent signs", urlencoded, "product_id=%&quantity=%E0%A4%A&%ZZ=%uD800&currency_code=%"],
    ["twenty thousand fields", urlencoded, "a=&".repeat(10_000)],
    ["one field a thousand times", urlencoded, `${"quantity=1&".repeat(1_000)}product_id=OLJCESPC7Z`],
    ["fields within fields", urlencoded, `product_id[${"a][".repeat(2_000)}]=1&quantity[]=1&quantity[x]=2`],
    ["more than the shop takes", urlencoded, `city=${"x".repeat(1_000_000)}`],
    [
      "parts without an end",
      { "content-type": "multipart/form-data; boundary=b" },
      "--b\r\nContent-Disposition: form-data",
    ],
    ["parts without a border", { "content-type": "multipart/form-data" }, "--b\r\n\r\n--b--"],
    ["a part with a file", { "content-type": "multipart/form-data; boundary=b" }, file],
  ])("of %s makes an answer", async (_, headers, body) => {
    expect(fair).toContain((await ask(path, { method: "POST", headers, body })).status);
  });
});

const file =
  '--b\r\nContent-Disposition: form-data; name="product_id"; filename="a\0b"\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n';

describe("the checkout form", () => {
  const wrong = {
    email: ["", "nobody", "a@b@c", "x".repeat(300), "a@b.example\r\nBcc: all@b.example"],
    street_address: ["", "x".repeat(600)],
    zip_code: ["", "NaN", "-1", "1e9", "94043-1234", "9".repeat(40), "١٢٣"],
    city: ["", "x".repeat(200)],
    state: [" ", "x".repeat(200)],
    country: ["", "😀".repeat(200)],
    credit_card_number: ["", "NaN", "4432", "1".repeat(40), "4432 8015 6152 045x", "378282246310005"],
    credit_card_expiration_month: ["", "0", "13", "1.5", "NaN", "-1"],
    credit_card_expiration_year: ["", "2001", "20300", "Infinity", "0x7e9"],
    credit_card_cvv: ["", "1", "12345", "abc", "-12", "1e2"],
  };
  const cases = Object.entries(wrong).flatMap(([field, values]) => values.map((value) => [field, value] as const));

  it.each(cases)("names %s, and says that it cannot be %j", async (field, value) => {
    const cookie = "shop_session-id=7f2f4ee4-3b6c-4f0e-9a53-0d6b1d0e8c11";
    await ask("/cart", {
      method: "POST",
      headers: { ...urlencoded, cookie },
      body: "product_id=OLJCESPC7Z&quantity=1",
    });
    const body = String(new URLSearchParams({ ...checkoutForm, [field]: value }));
    const { status, page } = await ask("/cart/checkout", { method: "POST", headers: { ...urlencoded, cookie }, body });

    expect(status).toBe(422);
    expect(page).toContain(`id="${field}-error"`);
  });
});

describe("a page", () => {
  const paths = [
    "/%",
    "/%00",
    "/%E0%A4%A",
    "/product/%",
    "/product/%00",
    "/product/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/product/../../etc/passwd",
    `/product/${"x".repeat(8_000)}`,
    "/product-meta/%ED%A0%80",
    "/product-meta/__proto__",
    "/static/%2e%2e/%2e%2e/package.json",
    "/static/..%5c..%5cpackage.json",
    "/static/%00.css",
    "/search?q=%",
    "/search?q[a]=b&q[]=c&q=d",
    "/search?q=%ED%A0%80%00%E2%80%AE",
    `/search?${"q=a&".repeat(3_000)}`,
    "/search?__proto__[x]=1&constructor=2",
    "/?return_to=//evil.example",
    "//evil.example/%2f..",
    "http://evil.example/",
    "*",
  ];

  it.each(paths)("at %s is an answer", async (path) => {
    expect(fair).toContain((await ask(path)).status);
  });

  it("is an answer at any path and query", async () => {
    const segment = fc.oneof(text.map(quoted), fc.constantFrom("product", "cart", "static", "search", "%", ".."));
    const path = fc
      .tuple(fc.array(segment, { maxLength: 4 }), fc.array(fc.tuple(segment, segment), { maxLength: 3 }))
      .map(([folders, query]) =>
        `/${folders.join("/")}?${query.map((pair) => pair.join("=")).join("&")}`.slice(0, 6_000),
      );
    await fc.assert(
      fc.asyncProperty(path, fc.constantFrom("GET", "HEAD", "POST", "PUT", "OPTIONS"), async (path, method) => {
        expect(fair).toContain((await ask(path, { method })).status);
      }),
      runs(300),
    );
  });

  it("is an answer to whoever carries any cookie, trace and language", async () => {
    const latin = text.map((value) => value.replace(/[^\x20-\x7e\x80-\xff]/g, "?").slice(0, 1_500));
    const named = ["shop_session-id", "shop_currency", "shop_order-key", "__proto__", ""];
    const cookie = fc
      .array(fc.tuple(fc.constantFrom(...named), fc.constantFrom("=", "==", "", ";="), latin), { maxLength: 5 })
      .map((pairs) => pairs.map((pair) => pair.join("")).join("; "));
    const names = [
      "traceparent",
      "tracestate",
      "baggage",
      "accept-language",
      "referer",
      "x-forwarded-proto",
      "user-agent",
    ];
    const headers = fc.record(Object.fromEntries([["cookie", cookie], ...names.map((name) => [name, latin])]), {
      requiredKeys: [],
    }) as fc.Arbitrary<Record<string, string>>;
    await fc.assert(
      fc.asyncProperty(
        headers,
        fc.constantFrom("/", "/cart", "/product/OLJCESPC7Z", "/orders"),
        async (headers, path) => {
          expect(fair).toContain((await ask(path, { headers })).status);
        },
      ),
      runs(150),
    );
  });
});

it("nobody is the worse for it", () => expectUnharmed(shop, before));

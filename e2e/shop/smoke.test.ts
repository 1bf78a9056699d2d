import { describe, expect, it } from "vitest";
import { freeRange, run, shop } from "./command.ts";
import { type Answers, orderId, pages, serve } from "./storefront.ts";

const smoke = async (...args: string[]) => {
  const command = run(["node", "scripts/run.mjs", "scripts/smoke.ts", ...args]);
  const { code } = await command.ended();
  return { code, stdout: command.stdout(), stderr: command.stderr() };
};

describe("npm run smoke", () => {
  it.each([
    ["at the root of a host", ""],
    ["below a prefix", "/boutique"],
  ])("buys in a shop with the original's pages %s", async (_, prefix) => {
    const { code, stdout } = await smoke(await serve(pages, prefix));

    expect(stdout.match(/^(home|currency|product|add to cart|checkout) +\d+ ms$/gm)).toHaveLength(5);
    expect(stdout).toMatch(new RegExp(`order +${orderId}\ntracking +AB-12345-678901234\ntotal paid +€25\\.63\n$`));
    expect(code).toBe(0);
  });

  const changed = (answers: Answers): Answers => ({ ...pages, ...answers });
  const page = (inner: string, status = 200) => ({ status, page: inner });
  it.each<[string, Answers, string]>([
    ["a server error", { "GET /": page("<h1>Sorry</h1><p>Try later.", 500) }, "home FAILED 500: Sorry · Try later."],
    ["a shop without products", { "GET /": page("<h1>Empty</h1>") }, "home FAILED the page has no link to a product"],
    [
      "a currency that does not hold",
      { "POST /setCurrency": { to: "/" } },
      "currency FAILED asked for EUR, the page has",
    ],
    ["a product that is gone", { "GET /product/OLJ": page("<h1>Gone</h1>", 404) }, "product FAILED 404: Gone"],
    ["a cart that stays empty", { "GET /cart": page("<h1>Empty</h1>") }, "add to cart FAILED OLJ is not in the cart"],
    [
      "a refused card",
      { "POST /cart/checkout": page('<h1>Your cart</h1><div role="alert">Card <b>expired</b></div>', 422) },
      "checkout FAILED 422: Card expired",
    ],
    [
      "an order without a number",
      { "POST /cart/checkout": page("<h1>Thanks</h1>") },
      "checkout FAILED the page has no order",
    ],
    ["a redirect in a circle", { "GET /": { to: "/" } }, "home FAILED redirected more than 10 times"],
  ])("ends with 1 at %s, with the step and the words of the page", async (_, answers, words) => {
    const { code, stderr } = await smoke(await serve(changed(answers)));

    expect(stderr.replace(/ +/g, " ")).toContain(words);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("gives up on a shop that says nothing", async () => {
    const { code, stdout } = await smoke(await serve({ "GET /": "silence" }), "--timeout", "0.2", "--json");

    expect(JSON.parse(stdout)).toMatchObject({ ok: false, step: "home", message: "no answer within 0.2 s" });
    expect(code).toBe(1);
  });

  it.each([
    [["http://127.0.0.1:1"], "cannot reach http://127.0.0.1:1"],
    [["shop.invalid"], "cannot reach http://shop.invalid"],
    [[], "give one URL, such as http://127.0.0.1:8080"],
    [["http://"], '"http://" is no URL'],
    [["127.0.0.1", "--frobnicate"], "Unknown option '--frobnicate'"],
  ])("%j is answered with one clear line", async (args, words) => {
    const { code, stderr } = await smoke(...args);

    expect(stderr).toContain(words);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("buys in our own shop, in yen", async () => {
    const port = await freeRange();
    await run(shop(port)).until(/The shop is open/);

    const { code, stdout } = await smoke(`127.0.0.1:${port}`, "--currency", "JPY", "--json");

    const bought = JSON.parse(stdout);
    expect(bought).toMatchObject({ ok: true, total: expect.stringMatching(/^¥[\d,]+$/) });
    expect(bought.orderId).toMatch(/^[\da-f-]{36}$/);
    expect(bought.trackingId).toMatch(/^[A-Z]{2}-\d+-\d+$/);
    expect(code).toBe(0);
  });
});

import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A request as the little shop saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly form: string;
  readonly headers: IncomingMessage["headers"];
}

/** A page on its way out: what is returned is sent in its place. */
export type Spoil = (page: string, seen: Seen) => string;

const PRICE = 1_999;
const SHIPPING = 899;
const dollars = (cents: number) => `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

/**
 * A shop of a page of code, with the pages, carts and cookies of ours, in which everything costs $19.99 whatever the
 * currency. `filler` makes its pages as long as wanted.
 */
export function createLittleShop(see: (seen: Seen) => void = () => {}, spoil: Spoil = (page) => page, filler = "") {
  const carts = new Map<string, Map<string, number>>();
  let sessions = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url: path = "", headers } = request;
    const form = method === "POST" ? await text(request) : "";
    const seen = { method, path, form, headers };
    see(seen);
    const fields = new URLSearchParams(form);
    const cookies = new Map((headers.cookie ?? "").split("; ").map((pair) => pair.split("=") as [string, string]));
    let session = cookies.get("shop_session-id");
    if (!session) {
      session = `s${++sessions}`;
      response.appendHeader("Set-Cookie", `shop_session-id=${session}; Path=/; HttpOnly`);
    }
    const cart = carts.get(session) ?? new Map<string, number>();
    carts.set(session, cart);
    const page = (body: string) => {
      const head = `<option value="${cookies.get("shop_currency") ?? "USD"}" selected>`;
      response.end(spoil(`${head}${filler}${body}`, seen));
    };
    const redirect = (to: string) => void response.writeHead(302, { Location: to }).end();

    const [, first = "", second = ""] = new URL(path, "http://shop").pathname.split("/");
    if (method === "GET" && first === "") return page(card);
    if (first === "search") return page(`<input name="q" type="search" value="${path.split("=")[1]}">${card}`);
    if (first === "product") {
      return page(`<p class="product-price">${dollars(PRICE)}</p><input name="product_id" value="${second}">`);
    }
    if (first === "setCurrency") {
      response.appendHeader("Set-Cookie", `shop_currency=${fields.get("currency_code")}; Path=/`);
      return redirect("/");
    }
    if (first === "logout") {
      const gone = "Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
      response.setHeader("Set-Cookie", [`shop_session-id=; ${gone}`, `shop_currency=; ${gone}`]);
      return redirect("/");
    }
    if (second === "empty") {
      cart.clear();
      return redirect("/");
    }
    if (second === "checkout") {
      const paid = billOf(cart);
      cart.clear();
      return page(`<dd id="order-id">o-1</dd><dd id="total-paid">${paid.total}</dd>${paid.html}`);
    }
    if (method === "POST") {
      const id = fields.get("product_id") ?? "";
      cart.set(id, (cart.get(id) ?? 0) + Number(fields.get("quantity")));
      return redirect("/cart");
    }
    page(cart.size === 0 ? "<h1>Your cart is empty</h1>" : billOf(cart).html);
  };
  return (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
}

const card = `<span class="hot-product-card-price">${dollars(PRICE)}</span>`;

function billOf(cart: ReadonlyMap<string, number>) {
  const lines = Array.from(cart, ([id, quantity]) => {
    const price = `<span class="line-price">${dollars(quantity * PRICE)}</span>`;
    return `<li><a href="/product/${id}">x</a><span class="hint">Quantity: ${quantity}</span>${price}</li>`;
  });
  const pieces = [...cart.values()].reduce((sum, quantity) => sum + quantity, 0);
  const total = dollars(pieces * PRICE + SHIPPING);
  const totals = `<div><dt>Shipping</dt><dd>${dollars(SHIPPING)}</dd></div><div class="total"><dt>Total</dt><dd>${total}</dd></div>`;
  return { total, html: `<ul class="lines">${lines.join("")}</ul><dl class="totals">${totals}</dl>` };
}

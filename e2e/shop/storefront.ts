import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What the storefront answers: a page, a redirect, or nothing at all. */
export type Answer = { status?: number; page?: string; to?: string; cookie?: string } | "silence";

/** Answers by method and path, as in "POST /cart". */
export type Answers = Readonly<Record<string, Answer | ((request: IncomingMessage, form: string) => Answer)>>;

export const orderId = "0f8fad5b-d9cb-469f-a165-70867728950e";

const frame = (inner: string, currency = "USD") => `<!DOCTYPE html><html><head><title>A shop</title></head><body>
  <form method="POST" action="/setCurrency" id="currency_form"><select name="currency_code">
  ${["USD", "EUR"].map((code) => `<option value="${code}" ${code === currency ? 'selected="selected"' : ""}>${code}`).join("")}
  </select></form><main>${inner}</main><!-- <a href="/product/none"> --><footer>request 11111111</footer></body></html>`;

const checkout = `<form class="cart-checkout-form" action="/cart/checkout" method="POST">
  <input type="email" id="email" name="email" value="a&#43;b@example.com" required>
  <input name='credit_card_number' pattern="[0-9]{16}" value="" required />
  <select name="credit_card_expiration_month"><option value="1">January</option></select>
  <select name="credit_card_expiration_year">
    <option value="${new Date().getFullYear()}">this</option><option value="${new Date().getFullYear() + 1}">next</option>
  </select><input type="password" name="credit_card_cvv" value="672"><button>Place Order</button></form>`;

/** A storefront with pages as the original shop has them. */
export const pages: Answers = {
  "GET /": ({ headers }) => ({
    page: frame('<h3>Hot Products</h3><a href="/product/OLJ"><img></a>', /EUR/.exec(headers.cookie ?? "")?.[0]),
    cookie: "shop_session-id=s; Max-Age=172800",
  }),
  "POST /setCurrency": ({ headers }, form) => ({
    to: headers.referer ?? "/",
    cookie: `shop_currency=${new URLSearchParams(form).get("currency_code")}; Max-Age=172800`,
  }),
  "GET /product/OLJ": {
    page: frame(`<h2>Sunglasses</h2><form method="POST" action="/cart"><input type="hidden" name="product_id" value="OLJ">
      <select name="quantity"><option>1</option><option>2</option></select></form>`),
  },
  "POST /cart": (_, form) => (form === "product_id=OLJ&quantity=1" ? { to: "/cart" } : { status: 422 }),
  "GET /cart": { page: frame(`<h3>Cart (1)</h3> SKU #OLJ ${checkout}`) },
  "POST /cart/checkout": (_, form) =>
    form.startsWith("email=a%2Bb%40example.com&credit_card_number=4432801561520454&")
      ? {
          page: frame(`<h3>Your order is complete!</h3> Confirmation # <b>${orderId}</b> Tracking # AB-12345-678901234
            Total Paid <b>&euro;25.63</b>`),
        }
      : { status: 422, page: frame("<h1>Uh, oh!</h1><pre>Field 'CcNumber' is invalid: credit_card</pre>") },
};

/** Serves pages on a free port, below a prefix, until the test ends; returns where. */
export async function serve(answers: Answers, prefix = ""): Promise<string> {
  const server = createServer(async (request, response) => {
    const form = (await request.toArray()).join("");
    const path = (request.url ?? "").replace(prefix, "");
    const answer = answers[`${request.method} ${path}`] ?? { status: 404, page: "<h1>not here</h1>" };
    const said = typeof answer === "function" ? answer(request, form) : answer;
    if (said === "silence") return;
    if (said.cookie) response.setHeader("set-cookie", said.cookie);
    if (said.to) response.writeHead(302, { location: said.to.startsWith("/") ? prefix + said.to : said.to }).end();
    else response.writeHead(said.status ?? 200).end(said.page?.replace(/(href|action)="/g, `$1="${prefix}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
}

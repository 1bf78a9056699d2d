import type { RequestListener } from "node:http";
import express from "express";
import { createAssets } from "./assets.ts";
import { createBasket } from "./basket.ts";
import { createBrowsing } from "./browse.ts";
import { createCards } from "./cards.ts";
import { createCartPage } from "./cart-page.ts";
import { createFailures } from "./failure.ts";
import { guard } from "./guard.ts";
import { multipart } from "./multipart.ts";
import { createOrdering } from "./order.ts";
import { createOrders } from "./orders.ts";
import { createPackaging } from "./packaging.ts";
import type { Page } from "./page.ts";
import { createParts } from "./parts.ts";
import { addPlain } from "./plain.ts";
import { createCurrencyChoice, logout } from "./preferences.ts";
import { createProductPages } from "./product.ts";
import { createReceipts } from "./receipt.ts";
import { createRefusals } from "./refusal.ts";
import { createReplies } from "./reply.ts";
import { nameRequests } from "./requests.ts";
import type { Host, StorefrontSettings } from "./settings.ts";
import { createShop, type ShopPeers } from "./shop.ts";
import type { Signals } from "./signals.ts";
import { createTurns } from "./turns.ts";
import { createViews } from "./views.ts";
import { createVisits } from "./visit.ts";

const FORM_LIMIT = "32kb";

/** The shop as HTML: what answers at which path. */
export function createStorefront(
  peers: ShopPeers,
  settings: StorefrontSettings,
  signals: Signals,
  { log, version, faults }: Host,
): RequestListener {
  const { BASE_URL, CANARY, PACKAGING_SERVICE_URL, PAGE_TIMEOUT_MS, ORDER_TIMEOUT_MS, OPTIONAL_TIMEOUT_MS } = settings;
  const shop = createShop(peers, createParts(log, signals));
  const assets = createAssets(BASE_URL);
  const card = createCards(assets.pictureOf);
  const views = createViews(assets, settings);
  const turns = createTurns(settings, createRefusals(settings.APP_VERSION, views, log));
  const replies = createReplies(views, BASE_URL);
  const visits = createVisits(shop, settings, signals);
  const browsing = createBrowsing(shop, card, signals);
  const product = createProductPages(shop, card, createPackaging(PACKAGING_SERVICE_URL, OPTIONAL_TIMEOUT_MS), signals);
  const cartPage = createCartPage(shop, card, signals);
  const basket = createBasket(shop, cartPage, product.page);
  const receiptOf = createReceipts(shop, card);
  const checkout = createOrdering(shop, card, receiptOf, cartPage, log, signals);
  const orders = createOrders(shop, card, receiptOf);
  const routes: [method: "get" | "post", path: string, page: Page, patience?: number][] = [
    ["get", "/", browsing.home],
    ["get", "/search", browsing.search],
    ["get", "/product/:id", (visit) => product.page(visit, visit.params.id ?? "")],
    ["get", "/product-meta/:id", product.meta],
    ["get", "/cart", basket.show],
    ["post", "/cart", basket.add],
    ["post", "/cart/empty", basket.empty],
    ["post", "/cart/checkout", checkout, ORDER_TIMEOUT_MS],
    ["get", "/orders", orders.list],
    ["get", "/order/:id", orders.one],
    ["post", "/setCurrency", createCurrencyChoice(signals)],
    ["get", "/logout", logout],
  ];
  const router = express.Router();
  addPlain(router, CANARY, version, faults);
  router.get("/static/{*path}", ...faults, assets.serve);
  router.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, inflate: false }), multipart(FORM_LIMIT));
  for (const [method, path, page, patience = PAGE_TIMEOUT_MS] of routes) {
    router[method](path, ...faults, turns.take, visits(patience), replies.answer(page));
  }
  const failures = createFailures(replies, log, BASE_URL);
  for (const [path, same] of Map.groupBy(routes, ([, path]) => path)) {
    const allowed = same.map(([method]) => (method === "get" ? "GET, HEAD" : "POST"));
    router.all(path, failures.wrongMethod(["OPTIONS", ...allowed].join(", ")));
  }
  const app = express()
    .disable("x-powered-by")
    .disable("etag")
    .use(nameRequests)
    .use(guard(settings.APP_VERSION))
    .use(BASE_URL || "/", router)
    .get("/", (_, response) => response.redirect(302, `${BASE_URL}/`))
    .use(failures.notFound)
    .use(failures.failed);
  return turns.before(app);
}

import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import handlebars from "handlebars";
import type { Assets } from "./assets.ts";
import { createChoices } from "./choices.ts";
import { registerOnce } from "./once.ts";
import type { ViewName } from "./page.ts";
import type { StorefrontSettings } from "./settings.ts";

const folder = fileURLToPath(new URL("../views", import.meta.url));

const platforms = {
  local: "local",
  gcp: "Google Cloud",
  aws: "AWS",
  azure: "Azure",
  onprem: "On-premises",
  alibaba: "Alibaba Cloud",
} as const;

/** What the frame of a page shows besides the page's own data. */
export interface Frame {
  /** Empty for the name of the shop alone. */
  readonly title: string;
  readonly requestId: string;
  /** The currencies to choose from; none hides the choice. */
  readonly currencies: readonly string[];
  readonly currency: string;
  /** The page that a change of currency comes back to. */
  readonly here: string;
}

/** Turns a page's data into HTML, in the frame that all pages share. */
export function createViews({ urlOf }: Assets, settings: StorefrontSettings) {
  const engine = handlebars.create();
  engine.registerHelper("asset", urlOf);
  engine.registerHelper("items", (count: number) => `${count} ${count === 1 ? "item" : "items"}`);
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const partials = readdirSync(join(folder, "partials")).map((file) => basename(file, extname(file)));
  for (const name of partials) engine.registerPartial(name, read(join("partials", `${name}.hbs`)));
  registerOnce(engine, settings.BASE_URL, (name) => engine.compile(read(join("partials", `${name}.hbs`))));
  const layout = engine.compile(read("layout.hbs"));
  const template = (name: ViewName) => engine.compile(read(`${name}.hbs`));
  const templates: Record<ViewName, HandlebarsTemplateDelegate> = {
    home: template("home"),
    search: template("search"),
    product: template("product"),
    cart: template("cart"),
    order: template("order"),
    orders: template("orders"),
    error: template("error"),
  };
  const choiceOf = createChoices();
  const host = hostname();
  const canary = settings.CANARY;
  const shop = canary ? `Online Boutique ${canary}` : "Online Boutique";
  const given = settings.ENV_PLATFORM.toLowerCase();
  const platform = given in platforms ? (given as keyof typeof platforms) : "local";

  return (view: ViewName, data: object, frame: Frame): string => {
    const page = {
      query: "",
      title: frame.title ? `${frame.title} · ${shop}` : shop,
      canary,
      base: settings.BASE_URL,
      message: settings.FRONTEND_MESSAGE,
      platform: { css: platform, label: platforms[platform] },
      currency: frame.currencies.length > 0 && {
        code: frame.currency,
        returnTo: frame.here,
        choice: choiceOf(frame),
      },
      footer: {
        version: settings.APP_VERSION,
        host,
        requestId: frame.requestId,
        year: new Date().getUTCFullYear(),
      },
      ...data,
    };
    return layout({ ...page, body: templates[view](page) });
  };
}

import type { Operator } from "../command/operator.ts";
import { charts } from "../report/charts.ts";
import { type Markup, markup } from "../report/markup.ts";
import { style } from "../report/palette.ts";
import type { Chart, Width } from "../report/picture.ts";
import { count } from "../results/spoken.ts";
import { failures, figures, generator, outcome, routes } from "./parts.ts";
import { BY_HAND } from "./swarm.ts";

/** The colours of pictures in a page whose policy allows no style but that of files. */
export const chartStyle: string = style.markup.replace(/<\/?style>/g, "");

/** All that changes on the page, for app.js: where things stand, and the markup of each part. */
export function live(operator: Operator, width: Width) {
  const [state, order, snapshot, trouble] = [
    operator.state(),
    operator.order(),
    operator.snapshot(),
    operator.trouble(),
  ];
  const over = state === "stopped";
  const result = over && !trouble ? operator.result() : undefined;
  const parts: Record<string, Markup | undefined> =
    order && snapshot
      ? {
          figures: figures(snapshot, order.plan, over),
          charts: pictures(charts(result ?? { ...snapshot, plan: order.plan }, width)),
          outcome: result && outcome(result),
          routes: routes(snapshot),
          failures: failures(snapshot),
          generator: generator(snapshot, operator),
        }
      : {};
  return {
    state,
    byHand: order?.plan.name === BY_HAND && order.plan.model === "users",
    title: snapshot && !over ? `${count(snapshot.now.rate)} req/s` : state,
    words: trouble ?? wordsOf(operator),
    parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part?.markup ?? ""])),
  };
}

const pictures = (drawn: readonly Chart[]): Markup =>
  markup`${drawn.map(({ svg }) => markup`<figure>${{ markup: svg.replace(style.markup, "") }}</figure>`)}`;

function wordsOf(operator: Operator): string {
  const [state, order] = [operator.state(), operator.order()];
  if (!order) return "ready";
  if (state === "waiting") return `${order.plan.name}: waiting for the shop at ${order.host}`;
  return `${order.plan.name}: ${operator.snapshot()?.warmingUp && state !== "stopped" ? "warming up" : state}`;
}

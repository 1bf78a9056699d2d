import type { Plan } from "../plan/plan.ts";
import type { Finding, Point, ShopPoint } from "../results/result.ts";
import type { Row } from "../results/summary.ts";
import { percentileChart } from "./percentile-chart.ts";
import { type Chart, formats, type Width } from "./picture.ts";
import { routesChart } from "./routes-chart.ts";
import { latencyChart, throughputChart } from "./run-charts.ts";
import { selfChart } from "./self-chart.ts";
import { shopChart } from "./shop-chart.ts";

/** What there is to draw: a result, or a snapshot with its plan. */
export interface Drawn {
  readonly series: readonly Point[];
  readonly manifest?: { readonly plan: Plan };
  readonly plan?: Plan;
  readonly routes?: readonly Row[];
  readonly total?: Row & { readonly histogram?: string };
  readonly shop?: readonly ShopPoint[];
  readonly findings?: readonly Finding[];
}

/** The findings that have a moment, as they are marked. */
const momentsOf = (findings: readonly Finding[]) =>
  findings.flatMap(({ kind, figures: { second, end, seconds } }) => {
    if (kind === "knee" && typeof second === "number") return [{ second, words: "knee" }];
    const back = typeof end === "number" && typeof seconds === "number";
    return kind === "recovery" && back ? [{ second: end + seconds, words: "recovered" }] : [];
  });

/** The pictures of a run, each an SVG that is complete in itself; those with nothing to show are left out. */
export function charts(drawn: Drawn, width: Width = "wide"): readonly Chart[] {
  const { series, routes = [], total, shop = [] } = drawn;
  const moments = momentsOf(drawn.findings ?? []);
  const timed = { series, plan: drawn.plan ?? drawn.manifest?.plan, moments };
  const format = formats[width];
  const seconds = series.at(-1)?.second ?? 1;
  return [
    throughputChart(timed, format),
    latencyChart(timed, format),
    ...(total?.histogram ? [percentileChart([{ name: "all", histogram: total.histogram }], format)] : []),
    ...(routes.some(({ requests }) => requests > 0) ? [routesChart(routes, format)] : []),
    ...(shop.length > 0 ? [shopChart(shop, seconds, format)] : []),
    selfChart(timed, format),
  ];
}

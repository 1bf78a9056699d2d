import type { ShopPoint } from "../results/result.ts";
import { gridOf, linearAxis, tickCount } from "./axis.ts";
import { clockAxis, clockOf } from "./clock-axis.ts";
import { labelsOf, type Place, pathOf } from "./lines.ts";
import { type Markup, markup } from "./markup.ts";
import { type Colour, distinct, fill } from "./palette.ts";
import { type Chart, type Format, fitted, picture } from "./picture.ts";

/** What the services of the shop took: CPU and memory. The four busiest by name, the others thin and grey. */
export function shopChart(shop: readonly ShopPoint[], seconds: number, format: Format): Chart {
  const services = Map.groupBy(shop, ({ service }) => service);
  const mean = (points: readonly ShopPoint[]) => points.reduce((sum, { cpu }) => sum + cpu, 0) / points.length;
  const ranked = [...services].toSorted(([, a], [, b]) => mean(b) - mean(a)).map(([service]) => service);
  const colourOf = (service: string): Colour => distinct[ranked.indexOf(service)] ?? "axis";
  const about = "CPU and memory of each service, as it says itself. Named are those that took the most CPU.";
  return picture(format, { name: "shop", title: "The shop", about }, (begin) => {
    const clock = clockOf({ ...format, right: Math.max(format.right, 130) }, seconds);
    const panels = [
      { words: "CPU, cores", of: "cpu", top: begin + 22, bottom: begin + 152 },
      { words: "Memory, MiB", of: "rss", top: begin + 186, bottom: begin + 316 },
    ] as const;
    const drawn = panels.map(({ words, of, top, bottom }): Markup => {
      const axis = linearAxis(Math.max(0, ...shop.map((point) => point[of])), top, bottom, 3);
      const lines = ranked.toReversed().map((service) => {
        const places = (services.get(service) ?? []).map((point): Place => [clock.x(point.second), axis.y(point[of])]);
        const colour = colourOf(service);
        return { service, colour, places, y: places.at(-1)?.[1] ?? bottom };
      });
      const named = lines.filter(({ colour }) => colour !== "axis");
      const labels = named.map(({ service, colour, y }) => ({ words: fitted(service, 108), colour, y }));
      return markup`<text x="${format.left}" y="${top - 9}" font-size="11" font-weight="600" ${fill("soft")}>${words}</text>
${gridOf(axis, clock.from, clock.to, tickCount)}
${lines.map(({ places, colour }) => pathOf(places, colour, colour === "axis" ? 1 : 1.6))}
${labelsOf(labels, clock.to, top + 4, bottom - 4)}`;
    });
    return { height: panels[1].bottom + 28, content: [...drawn, clockAxis(clock, panels[1].bottom)] };
  });
}

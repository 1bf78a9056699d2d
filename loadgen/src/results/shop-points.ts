import type { ShopPoint } from "./result.ts";

/** What the services of the shop said, kept in bounds. */
export interface ShopPoints {
  add(points: readonly ShopPoint[]): void;
  all(): readonly ShopPoint[];
}

/** Of one service; those that are open are not enough yet to be one point. */
interface Kept {
  points: ShopPoint[];
  each: number;
  open: ShopPoint[];
}

/** Keeps at most so many points of each service: beyond that, two neighbours become one. */
export function createShopPoints(most = 600): ShopPoints {
  const services = new Map<string, Kept>();
  return {
    add(points) {
      for (const point of points) {
        const kept: Kept = services.get(point.service) ?? { points: [], each: 1, open: [] };
        services.set(point.service, kept);
        kept.open.push(point);
        if (kept.open.length < kept.each) continue;
        kept.points.push(joined(kept.open));
        kept.open = [];
        if (kept.points.length <= most) continue;
        kept.points = pairs(kept.points).map(joined);
        kept.each *= 2;
      }
    },
    all: () =>
      [...services.values()]
        .flatMap(({ points, open }) => (open.length > 0 ? [...points, joined(open)] : points))
        .toSorted((a, b) => a.second - b.second),
  };
}

const pairs = <T>(row: readonly T[]): readonly T[][] =>
  Array.from({ length: Math.ceil(row.length / 2) }, (_, index) => row.slice(2 * index, 2 * index + 2));

/** Several points of a service as one: the mean of each, but the worst of what must not be smoothed away. */
function joined(points: readonly ShopPoint[]): ShopPoint {
  const last = points.at(-1) as ShopPoint;
  if (points.length === 1) return last;
  const mean = (of: "cpu" | "rss" | "inFlight") => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const loopP99 = Math.max(...points.map((point) => point.loopP99));
  return { ...last, cpu: mean("cpu"), rss: mean("rss"), inFlight: mean("inFlight"), loopP99 };
}

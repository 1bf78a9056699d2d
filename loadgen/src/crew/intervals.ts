import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from "hdr-histogram-js";
import type { Interval, RouteFigures } from "../load/interval.ts";
import type { WireInterval, WireRoute } from "./wire.ts";

const NONE = new Uint8Array();
const IDLE = { cpu: 0, machine: 0, loopP99: 0, loopMax: 0, lateP99: 0, rss: 0 };

/** An interval as it travels. Its worker is left out: the collector knows whom it hears. */
export const packed = ({ worker: _, routes, ...figures }: Interval): WireInterval => ({
  ...figures,
  routes: routes.map((route) => ({ ...route, ok: packedHistogram(route.ok), failed: packedHistogram(route.failed) })),
});

/** The interval that a worker sent. Throws when it holds something else than histograms. */
export const unpacked = (worker: string, { routes, self, ...figures }: WireInterval): Interval => ({
  worker,
  ...figures,
  routes: routes.map(unpackedRoute),
  self: self ?? IDLE,
});

const unpackedRoute = (route: WireRoute): RouteFigures => ({
  ...route,
  ok: unpackedHistogram(route.ok),
  failed: unpackedHistogram(route.failed),
});

// Of the library's ways of writing this is the only one that it offers, and cheap: some 40 µs and 100 to 400 bytes.
// Most histograms are of failures, and empty.
const packedHistogram = (histogram: Histogram): Uint8Array =>
  histogram.totalCount === 0 ? NONE : Buffer.from(encodeIntoCompressedBase64(histogram), "base64");

function unpackedHistogram(bytes: Uint8Array): Histogram {
  if (bytes.length === 0) return build();
  const histogram = decodeFromCompressedBase64(Buffer.from(bytes).toString("base64"));
  // Others are added to it, which may have seen longer latencies.
  histogram.autoResize = true;
  return histogram;
}

import type { PageFigures } from "./pages.ts";
import type { RateFigures } from "./rates.ts";

/** What one run of one shop gave: seconds, MiB, and as PageFigures and RateFigures say. */
export interface Measurement {
  readonly start: { readonly firstPage: number; readonly firstOrder: number };
  readonly memory: {
    readonly idleRss: number;
    readonly idlePss: number;
    readonly loadedRss: number;
    readonly loadedPss: number;
  };
  readonly pages: readonly PageFigures[];
  readonly rates: readonly RateFigures[];
  /** The most requests a second, and all rates that were tried. */
  readonly ceiling: { readonly most: number; readonly tried: readonly RateFigures[] };
}

/** All runs of all shops that were measured side by side. */
export interface Suite {
  readonly measuredAt: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly node: string;
    /** As `calibrate` says, before and after, ms. */
    readonly calibration: readonly number[];
  };
  readonly command: string;
  readonly runs: number;
  readonly shops: Readonly<Record<string, readonly Measurement[]>>;
}

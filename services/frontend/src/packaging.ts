/** How a product is packed, each measure with its unit. */
export interface Packaging {
  readonly weight: string;
  readonly width: string;
  readonly height: string;
  readonly depth: string;
}

export type PackagingOf = (productId: string) => Promise<Packaging | undefined>;

/** Asks an outside service how products are packed; a page does without when there is no answer in that time. */
export const createPackaging =
  (url: string, patience: number): PackagingOf =>
  async (productId) => {
    if (!url) return undefined;
    try {
      const address = `${url.replace(/\/$/, "")}/${encodeURIComponent(productId)}`;
      const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
      if (!response.ok) return undefined;
      const { weight, width, height, depth } = (await response.json()) as Record<string, unknown>;
      return {
        weight: measure(weight, "lb"),
        width: measure(width, "cm"),
        height: measure(height, "cm"),
        depth: measure(depth, "cm"),
      };
    } catch {
      return undefined;
    }
  };

const measure = (value: unknown, unit: string) =>
  typeof value === "number" && value !== 0 ? `${value} ${unit}` : "n/a";

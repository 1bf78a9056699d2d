import { createCircuit } from "@boutique/rpc/circuit";

/** How a product is packed, each measure with its unit. */
export interface Packaging {
  readonly weight: string;
  readonly width: string;
  readonly height: string;
  readonly depth: string;
}

export type PackagingOf = (productId: string) => Promise<Packaging | undefined>;

/** After so many failures in a row nobody is asked for so many milliseconds; then one page finds out for all. */
const MOST_FAILURES = 3;
const RESPITE_MS = 1_000;

/** Asks an outside service how products are packed; a page does without when there is no answer in that time. */
export function createPackaging(url: string, patience: number): PackagingOf {
  const circuit = createCircuit({ most: MOST_FAILURES, every: RESPITE_MS, probe: async () => true });
  return async (productId) => {
    if (!url || !circuit.admits()) return undefined;
    const ended = circuit.begin();
    try {
      const address = `${url.replace(/\/$/, "")}/${encodeURIComponent(productId)}`;
      const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
      const packaging = response.ok ? measured((await response.json()) as Record<string, unknown>) : undefined;
      ended(response.status < 500 ? "answered" : "failed");
      return packaging;
    } catch {
      ended("failed");
      return undefined;
    }
  };
}

const measured = ({ weight, width, height, depth }: Record<string, unknown>): Packaging => ({
  weight: measure(weight, "lb"),
  width: measure(width, "cm"),
  height: measure(height, "cm"),
  depth: measure(depth, "cm"),
});

const measure = (value: unknown, unit: string) =>
  typeof value === "number" && value !== 0 ? `${value} ${unit}` : "n/a";

import { createCircuit } from "@boutique/rpc/circuit";

/** How a product is packed, each measure with its unit. */
export interface Packaging {
  readonly weight: string;
  readonly width: string;
  readonly height: string;
  readonly depth: string;
}

export type PackagingOf = (productId: string) => Promise<Packaging | undefined>;

/** After so many failures in a row no page asks any more; then it is looked in the background whether an answer comes. */
const MOST_FAILURES = 3;
const EVERY_MS = 1_000;

/** Asks an outside service how products are packed; a page does without when there is no answer in that time. */
export function createPackaging(url: string, patience: number): PackagingOf {
  const ask = async (productId: string): Promise<Packaging | undefined> => {
    const address = `${url.replace(/\/$/, "")}/${encodeURIComponent(productId)}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`packaging answered ${response.status}`);
    return response.ok ? measured(JSON.parse(text)) : undefined;
  };
  // It has no other question that it could be asked than a page's.
  let asked = "";
  const probe = () =>
    ask(asked).then(
      () => true,
      () => false,
    );
  const circuit = createCircuit({ most: MOST_FAILURES, every: EVERY_MS, probe });
  return async (productId) => {
    if (!url || !circuit.admits()) return undefined;
    const ended = circuit.begin();
    asked = productId;
    try {
      const packaging = await ask(productId);
      ended("answered");
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

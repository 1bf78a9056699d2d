import type { Message } from "@boutique/contract/proto";
import type { Client } from "@boutique/contract/topology";
import type { Money } from "@boutique/money/money";
import { failedWith, RpcError } from "@boutique/rpc/error";
import { kept } from "@boutique/rpc/kept";
import type { Parts } from "./parts.ts";

export type Product = Message<"Product">;

/** What a product costs, in dollars. */
export const priceOf = ({ priceUsd }: Product): Money => priceUsd ?? { currencyCode: "USD", units: "0", nanos: 0 };

/** How long the list of products is kept, and how long it serves while nobody has a newer one. */
const KEPT_MS = 5_000;
const RECENT_MS = 60_000;

/** What the catalogue has; while it is away, what it had a moment ago. */
export function createShelves(catalog: Client<"catalog">, parts: Parts, clock: () => number = Date.now) {
  const list = kept(KEPT_MS, async () => (await parts.ask("catalog", catalog.listProducts({}))).products, clock);

  const lastKnown = (error: unknown): readonly Product[] => {
    const products = list.recent(RECENT_MS);
    if (!products) throw error;
    return products;
  };
  /** Of an id that was not on the list a moment ago nobody can say whether it is gone. */
  const lastKnownOf = (id: string, error: unknown): Product => {
    const product = lastKnown(error).find((product) => product.id === id);
    if (!product) throw error;
    return product;
  };

  const all = (): Promise<readonly Product[]> => parts.instead("catalog", list.get(), lastKnown);
  const now = (id: string): Promise<Product | undefined> =>
    parts
      .instead("catalog", parts.ask("catalog", catalog.getProduct({ id }).then(thatIs(id))), (error) =>
        lastKnownOf(id, error),
      )
      .catch(noneIfUnknown);

  return {
    all,
    /** The products as they were last seen, however long ago, without asking. */
    lastSeen: () => list.last() ?? [],
    /** Looks again, whatever is kept. */
    renew: list.renew,
    /** A product as the catalogue has it now; undefined when it has none of that id. */
    now,
    /** Products of the list, or so new that they are not on it yet; undefined for those that there are not. */
    async find(ids: readonly string[]): Promise<(Product | undefined)[]> {
      const products = await all();
      return Promise.all(ids.map((id) => products.find((product) => product.id === id) ?? now(id)));
    },
    /** Products by words. */
    search: (query: string): Promise<readonly Product[]> =>
      parts.instead(
        "catalog",
        parts.ask("catalog", catalog.searchProducts({ query })).then(({ results }) => results),
        (error) => matching(lastKnown(error), query),
      ),
  };
}

const thatIs = (id: string) => (product: Product) => {
  if (product.id !== id) throw new RpcError("DATA_LOSS", "the catalogue answered with another product");
  return product;
};

function noneIfUnknown(error: unknown): undefined {
  if (!failedWith(error, "NOT_FOUND")) throw error;
}

/** Those in which every word stands somewhere, in the order of the list: less than the catalogue can, and enough. */
function matching(products: readonly Product[], query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/);
  return products.filter(({ name, description, categories }) => {
    const text = [name, description, ...categories].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

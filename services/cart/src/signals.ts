import { type Business, MINUTE, SECOND } from "@boutique/telemetry/business";
import { hashed, scrubbed, whole, word, words } from "@boutique/telemetry/fields";
import type { Line } from "./cart.ts";

const LARGE_CART = 10;
const LARGE_QUANTITY = 5;

/** What can be done with a cart, as events name it. */
export type Operation = "add_item" | "get_cart" | "empty_cart";

/** What the cart service says of its business; `active` counts the carts that have something in them. */
export function createSignals(business: Business, active: () => Promise<number>) {
  const views = business.tally("cart_views_total", "Times that a cart was looked at.");
  const additions = business.tally("cart_additions_total", "Times that something was put into a cart.");
  const items = business.tally("cart_items_added_total", "How many pieces were put into carts.", ["product_id"]);
  const empties = business.tally(
    "cart_empties_total",
    "Times that a cart was emptied by its shopper, or of what was ordered.",
  );
  const failures = business.tally("cart_operation_errors_total", "Operations on carts that failed.", ["operation"]);
  const products = business.ranking("Products that were added.");
  const shoppers = business.ranking("Shoppers whose cart was used.");
  const sizes = business.histogram(
    "cart_size_items",
    "How many pieces a cart held when it was looked at.",
    [0, 1, 2, 3, 5, 10, 20, 50, 100],
  );
  business.reading(
    "carts_active",
    "Carts that have something in them; with Redis each replica shows all of them.",
    active,
  );

  business.report(
    "cart_stats_summary",
    "What was done with carts.",
    { every: 5 * MINUTE },
    {
      views: views.inAll(),
      additions: additions.inAll(),
      empties: empties.inAll(),
      items_added: items.inAll(),
      errors: failures.each("operation"),
      unique_users: shoppers.different("Different shoppers who used their cart."),
      top_products: products.top(5, "The products that were added most, by pieces."),
    },
  );

  const largeView = business.event("large_cart_view", `A cart of more than ${LARGE_CART} pieces was looked at.`, {
    user_id: hashed("Whose cart."),
    cart_id: hashed("Which cart; a shopper has one."),
    total_items: whole("Pieces in it."),
  });
  const largeAddition = business.event(
    "large_quantity_addition",
    `More than ${LARGE_QUANTITY} of one product were put into a cart at once.`,
    {
      user_id: hashed("Whose cart."),
      cart_id: hashed("Which cart; a shopper has one."),
      product_id: words("What was added."),
      quantity: whole("How many."),
    },
  );
  const failed = (operation: Operation) =>
    business.event(
      `${operation}_error`,
      "An operation on a cart failed.",
      { user_id: hashed("Whose cart."), reason: word("The status code.") },
      { atMostEvery: SECOND },
    );
  const errors = { add_item: failed("add_item"), get_cart: failed("get_cart"), empty_cart: failed("empty_cart") };

  return {
    viewed(userId: string, lines: readonly Line[]): void {
      const total = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      views.add();
      shoppers.add(userId);
      sizes(total);
      if (total > LARGE_CART) largeView({ user_id: userId, cart_id: `cart of ${userId}`, total_items: total });
    },
    added(userId: string, { productId, quantity }: Line): void {
      additions.add();
      // Nobody here knows what is sold: a stranger may have named it.
      const product = scrubbed(productId);
      items.add([product], quantity);
      products.add(product, quantity);
      shoppers.add(userId);
      if (quantity > LARGE_QUANTITY) {
        largeAddition({ user_id: userId, cart_id: `cart of ${userId}`, product_id: productId, quantity });
      }
    },
    emptied(userId: string): void {
      empties.add();
      shoppers.add(userId);
    },
    failed(operation: Operation, userId: string, reason: string): void {
      failures.add([operation]);
      errors[operation]({ user_id: userId, reason });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;

import type { Order } from "./crew.ts";

/** An order as text. JSON knows no Infinity, which a plan's last stage may last. */
export const orderText = (order: Order): string =>
  JSON.stringify(order, (_, value) => (value === Number.POSITIVE_INFINITY ? "Infinity" : value));

/** The order that such a text is. */
export const orderFrom = (text: string): Order =>
  JSON.parse(text, (key, value) => (key === "over" && value === "Infinity" ? Number.POSITIVE_INFINITY : value));

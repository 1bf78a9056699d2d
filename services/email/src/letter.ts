import { readFileSync } from "node:fs";
import type { Message } from "@boutique/contract/proto";
import { RpcError } from "@boutique/rpc/error";
import Handlebars from "handlebars";
import { billOf } from "./bill.ts";

/** What is written to a shopper: the same twice, for mail programs of both kinds. */
export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

// Parsed now, so that a template that is missing or broken is known at the start; strict, so that none names a field
// that does not exist.
const template = (file: string, noEscape: boolean) => {
  const source = readFileSync(new URL(`../templates/${file}`, import.meta.url), "utf8");
  return Handlebars.compile(Handlebars.parse(source), { strict: true, noEscape });
};
const html = template("confirmation.html.hbs", false);
const text = template("confirmation.txt.hbs", true);

/** The confirmation of an order; INVALID_ARGUMENT when there is not enough to write one. */
export function writeConfirmation(order: Message<"OrderResult">): Letter {
  const { orderId, shippingTrackingId: trackingId, shippingAddress } = order;
  if (orderId === "") throw new RpcError("INVALID_ARGUMENT", "order.order_id is missing");
  // It stands in a header of the mail, where a line break would begin another.
  if (/\p{C}/u.test(orderId)) throw new RpcError("INVALID_ARGUMENT", "order.order_id has control characters");
  const fields = { orderId, trackingId, ...billOf(order), address: shippingAddress ? linesOf(shippingAddress) : [] };
  return { subject: `Your Online Boutique order ${orderId}`, html: html(fields), text: text(fields) };
}

/** An address as on an envelope. */
function linesOf({ streetAddress, city, state, zipCode, country }: Message<"Address">): string[] {
  const region = [state, zipCode || ""].filter(Boolean).join(" ");
  return [streetAddress, [city, region].filter(Boolean).join(", "), country].filter(Boolean);
}

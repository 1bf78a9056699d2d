import { type Business, MINUTE } from "@boutique/telemetry/business";
import { givenId, optional, scrubbed, word, words } from "@boutique/telemetry/fields";
import { whole } from "@boutique/telemetry/tally";

/** What the email service says of its business. Of whom it writes to that is the domain. */
export function createSignals(business: Business) {
  const emails = business.tally("emails_total", "Confirmations of orders that were to be sent, by outcome.", [
    "outcome",
  ]);
  const domains = business.ranking("Domains that mail was for.");

  business.report(
    "email_stats_summary",
    "What became of the mail.",
    { every: 5 * MINUTE, events: 50, of: [emails] },
    {
      sent: whole("Mail that was sent.", emails.having("outcome", "sent")),
      failed: whole("Mail that could not be sent.", emails.having("outcome", "failed")),
      template_errors: whole("Mail that could not be written.", emails.having("outcome", "template_error")),
      by_domain: domains.top(10, "The domains that most mail was for, sent or not."),
    },
  );

  const order_id = givenId("The order that it is about.");
  const domain = words("Where the shopper has mail.");
  const sent = business.event("email_sent", "The confirmation of an order was sent.", { order_id, domain });
  const sendFailed = business.event("email_send_failed", "The confirmation of an order could not be sent.", {
    order_id: optional(order_id),
    domain: optional(domain),
    reason: word('The status code, or "email" for an address that is none.'),
  });
  const renderFailed = business.event("template_render_failed", "The confirmation of an order could not be written.", {
    order_id: optional(order_id),
    reason: word("The field of the order that was wrong, or the status code."),
  });

  const counted = (outcome: "sent" | "failed" | "template_error", domain?: string) => {
    emails.add([outcome]);
    // Whoever has a domain can name it as they like.
    if (domain !== undefined) domains.add(scrubbed(domain));
  };

  return {
    sent(orderId: string, domain: string): void {
      counted("sent", domain);
      sent({ order_id: orderId, domain });
    },
    notSent(orderId: string, domain: string | undefined, reason: string): void {
      counted("failed", domain);
      sendFailed({ order_id: orderId || undefined, domain, reason });
    },
    notWritten(orderId: string, domain: string, reason: string): void {
      counted("template_error", domain);
      renderFailed({ order_id: orderId || undefined, reason });
    },
  };
}

export type Signals = ReturnType<typeof createSignals>;

import { recordBusiness } from "@boutique/testkit/business";
import { overTheWire } from "@boutique/testkit/wire";
import { createEmail } from "../src/service.ts";
import { createSignals } from "../src/signals.ts";
import type { Transport } from "../src/transport.ts";

/** An email service whose mail goes out by a transport of the test's, and what it says of its business. */
export async function serve(transport: Transport) {
  const recorded = recordBusiness();
  const client = await overTheWire("email", createEmail(transport, createSignals(recorded.business)));
  return { ...recorded, client, sent: () => recorded.lines("email_sent") };
}

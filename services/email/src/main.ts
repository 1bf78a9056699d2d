import { boot } from "@boutique/runtime/boot";
import { text } from "@boutique/runtime/settings";
import { createEmail } from "./service.ts";
import { createSignals } from "./signals.ts";
import { createTransport, smtpUrl } from "./transport.ts";

const { settings, business, start } = boot("email", {
  settings: { SMTP_URL: smtpUrl, MAIL_FROM: text("Online Boutique <orders@boutique.example>", "Who mail is from.") },
});

await start(createEmail(createTransport(settings.SMTP_URL, settings.MAIL_FROM), createSignals(business)));

import { parseArgs } from "node:util";
import { buy, type Failure } from "./smoke/order.ts";

const help = `Places an order through the storefront of any deployment, as a browser without JavaScript would.

  npm run smoke -- URL [options]

  --currency CODE   the currency to buy in (EUR)
  --timeout S       the most that a step may take, in seconds (10)
  --json            one JSON object instead of lines
  --help            this

Exit code 0 when the order was placed, 1 with the step that failed and what the page said.

Examples:
  npm run smoke -- http://127.0.0.1:8080
  npm run smoke -- https://shop.example/boutique --json
NODE_EXTRA_CA_CERTS names a file of certificates that are to be trusted.`;

const { shop, currency, patience, json } = readOrExit();

const line = (name: string, text: string) => console.log(`${name.padEnd(14)}${text}`);

try {
  const bought = await buy(shop, {
    currency,
    patience,
    done: (step, milliseconds) => json || line(step, `${Math.round(milliseconds)} ms`),
  });
  const sum = bought.steps.reduce((total, { milliseconds }) => total + milliseconds, 0);
  if (json) console.log(JSON.stringify({ ok: true, url: shop.href, ...bought, milliseconds: sum }));
  else {
    line("in sum", `${Math.round(sum)} ms\n`);
    line("order", bought.orderId);
    line("tracking", bought.trackingId);
    line("total paid", bought.total);
  }
} catch (error) {
  const failure = (error as Error).cause as Failure | undefined;
  if (!failure?.step) throw error;
  if (json) console.log(JSON.stringify({ ok: false, url: shop.href, ...failure }));
  else console.error(`${failure.step.padEnd(14)}FAILED  ${failure.message}`);
  process.exitCode = 1;
}

function readOrExit() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        currency: { type: "string", default: "EUR" },
        timeout: { type: "string", default: "10" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const [url, ...more] = positionals;
    if (!url || more.length > 0) throw new Error("give one URL, such as http://127.0.0.1:8080");
    if (!(Number(values.timeout) > 0)) throw new Error(`--timeout ${values.timeout} is not a number of seconds`);
    const { currency, json } = values;
    return { shop: readUrl(url), currency, patience: Number(values.timeout) * 1_000, json };
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]}. All options: npm run smoke -- --help`);
    process.exit(1);
  }
}

/** The shop's front page; below a prefix it ends with a slash. */
function readUrl(text: string): URL {
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `http://${text}`);
  if (!url) throw new Error(`"${text}" is no URL`);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

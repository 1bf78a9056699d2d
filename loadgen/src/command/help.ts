import { loadPlan, planNames } from "../plan/plan-file.ts";
import { profiles } from "../shoppers/profiles.ts";

/** What `npm run load -- --help` prints. */
export const help = `Puts the shop under load, and tells the truth about what became of it.

  npm run load -- [plan] [options]                          without --headless: a page at http://127.0.0.1:8089
  npm run load -- compare A.json B.json … [--html FILE]     results side by side; repeats are put together

The load
  plan, --plan NAME|FILE     a plan that comes with it, or a JSON file of your own
  --plans                    the plans that come with it
  -H, --host URL             the shop (http://127.0.0.1:8080)
  -u, --users N              shoppers at once (10)
  -r, --spawn-rate N         how many come per second (1); at a --rate: by how much it grows per second (at once)
  --rate N                   tasks begun per second, whoever waits (an open load), instead of shoppers
  -t, --run-time TIME        90s, 3m, 1h30m, from the start on; without: until it is stopped
  --profile NAME             what shoppers do (original): ${Object.keys(profiles).join(", ")}
  --wait 1-10                how long they wait between two tasks, seconds
  --seed N                   the same choices again (1)
  --checks body|status       look at what pages say (body), or at their status alone
  --timeout SECONDS          how long an answer may take (10)
  -s, --stop-timeout TIME    how long answers may still take after the end (as long as any other)
  --reset-stats              what happens before all shoppers are there does not count
  --wait-ready TIME          how long to wait for the shop to show a page, asking each 10 s (2m)

Limits, instead of those of the plan
  --fail-ratio 0.01          the share of requests that may fail (or 1%)
  --p50, --p95, --p99 MS     latencies, milliseconds

What is seen and kept
  --headless                 no page: runs at once, shows it here, and ends
  --autostart                the page, and runs at once
  --only-summary             nothing while it runs
  --out DIR                  everything: report.html, result.json, tables (CSV), pictures (SVG)
  --html FILE, --json FILE   the report; the result, which "compare" reads
  --csv PREFIX               Locust's tables: PREFIX_stats.csv, _stats_history.csv, _failures.csv, _exceptions.csv
  --watch PORT|URL,…         metrics of the shop beside: the port of \`npm start\`, or URLs of metrics
  -P, --web-port N           the page (8089), and --web-host ADDRESS (127.0.0.1)
  --token TEXT               what visitors must show (or LOADGEN_TOKEN); made up where others can reach the page
  --metrics-port N           Prometheus metrics by Locust's names (9646); 0 or --no-metrics for none
  --metrics-host ADDRESS     (127.0.0.1); it asks for no token

Many processes, many machines
  --workers N                processes of this machine (--processes is the same)
  --master                   others do the work: --expect-workers N (1), --master-bind-host ADDRESS (127.0.0.1)
  --worker                   works for a master: --master-host ADDRESS (127.0.0.1)
  --master-port N            where they meet (5557); beyond this machine both need one --token

FRONTEND_ADDR=HOST:PORT with USERS and RATE, as in the original's container, runs without an end and without a page.
One Ctrl-C ends a run; it is reported all the same. A second one ends everything.

It exits with
    0  all limits were kept, or there were none
    1  one was not: it says which
    2  an option will not do
    3  nothing to go by: the load generator was the bottleneck, a worker was lost, there was no shop
  130  Ctrl-C twice

Examples:
  npm run load                                             the page, for the shop of \`npm start\`
  npm run load -- --headless -u 50 -r 5 -t 3m --p95 300    fifty shoppers, three minutes; fails above 300 ms
  npm run load -- smoke --headless --out load/smoke        a plan, and all there is to know about it
  npm run load -- --rate 40 -t 1m --headless               forty tasks a second, however slow the shop is`;

/** The plans that come with the load generator, each with its sentence. */
export function plansInWords(): string {
  const names = planNames();
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${loadPlan(name).about}`).join("\n");
}

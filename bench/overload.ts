import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { readOptions } from "./options.ts";
import { type Course, driveOver } from "./suite/overload.ts";
import { ceilingOf, findCeiling } from "./suite/rates.ts";
import { startMeasured } from "./suite/shop.ts";

const help = `npm run bench:overload: a shop that is asked for more than it can serve, and what is left of it.

  --times N       by how much more (default: 3)
  --seconds N     for how long, and as long before and after it what it can serve (default: 20)
  --rate N        requests a second that it can serve (default: is found out first)
  --colocated     the shop in one process
  --apart         the shop on the first core and the load on the others, so that neither takes the other's time (Linux)
  --port PORT     where (default: 23400)
  --json FILE     write all figures there too
  --help          this

The mix of the original's load, whoever still waits for an answer. Goodput is what is answered well; the rest is refused by a page
that says so (503), or fails. Two minutes.`;

/** Requests a second: the first that is tried. */
const FIRST = 150;

const values = readOptions(
  help,
  {
    times: { type: "string", default: "3" },
    seconds: { type: "string", default: "20" },
    rate: { type: "string" },
    colocated: { type: "boolean", default: false },
    apart: { type: "boolean", default: false },
    port: { type: "string", default: "23400" },
    json: { type: "string" },
  },
  ["times", "seconds", "rate", "port"],
);

const here = {
  name: "this",
  folder: fileURLToPath(new URL("..", import.meta.url)),
  options: values.colocated ? ["--colocated"] : [],
};
const others = cpus().length - 1;
if (values.apart) {
  if (others < 1) throw new Error("--apart needs a second core");
  execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", `1-${others}`, String(process.pid)]);
}
const shop = await startMeasured(here, Number(values.port), values.apart ? "0" : undefined);
let course: Course;
try {
  const capacity = values.rate ? Number(values.rate) : ceilingOf(await findCeiling(shop, FIRST));
  if (!(capacity > 0)) throw new Error("this machine holds no rate just now: name one by --rate");
  console.error(`it can serve ${capacity.toFixed(0)} requests a second`);
  course = await driveOver(shop.url, { capacity, times: Number(values.times), seconds: Number(values.seconds) });
} finally {
  await shop.stop();
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(course, undefined, 1)}\n`);
for (const { name, offered, goodput, refused, failed, p50, p99 } of course.parts) {
  console.log(
    `${name.padEnd(7)} ${offered.toFixed(0)} req/s offered, ${goodput.toFixed(0)} served (p50 ${p50.toFixed(0)} ms, ` +
      `p99 ${p99.toFixed(0)} ms), ${refused.toFixed(0)} refused, ${failed.toFixed(0)} failed otherwise`,
  );
}
console.log(`normal again after ${course.secondsToNormal ?? "more than there were"} s`);

import { anyTime } from "../e2e/faults/blows.ts";
import { besiege } from "../e2e/faults/siege.ts";
import { redisMissing } from "../libs/testkit/src/redis.ts";
import { inFigures } from "./chaos/figures.ts";
import { help, type Options, readOptions } from "./chaos/options.ts";

// `npm run chaos`: see help for what it does and can be told.
const TELL_EVERY_MS = 10_000;
/** Between two blows: so that shoppers get to buy something, too. */
const GAP_MS = 1_000;
/** Of more than ten thousand orders the journal forgets the oldest after an hour, which an audit would take for lost. */
const MOST_ORDERS = 9_000;

const { minutes, orders, kills, seed, shoppers } = readOrExit();
const since = performance.now();
const passed = () => performance.now() - since;

console.log(`Chaos with seed ${seed}, for ${minutes} minutes at most.`);
let told = 0;
const outcome = await besiege({
  seed,
  shoppers,
  pause: 3_000,
  gap: GAP_MS,
  rows: (chance) => [anyTime(chance)],
  enough: (placed, dealt) =>
    passed() > minutes * 60_000 ||
    placed >= MOST_ORDERS ||
    (orders !== undefined && placed >= orders && dealt >= kills),
  progress(placed, dealt) {
    if (passed() < told + TELL_EVERY_MS) return;
    told = passed();
    console.log(`${(told / 1_000).toFixed(0).padStart(5)} s  ${placed} orders, ${dealt} blows`);
  },
});
console.log(`\n${inFigures(outcome)}`);
process.exit(outcome.violations.length > 0 || outcome.unsettled > 0 ? 1 : 0);

function readOrExit(): Options {
  try {
    const read = readOptions(process.argv.slice(2));
    if (!read) {
      console.log(help);
      process.exit(0);
    }
    if (redisMissing) throw new Error(redisMissing);
    return read;
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]}. All options: npm run chaos -- --help`);
    process.exit(1);
  }
}

import { build } from "./images/build.ts";
import { DockerError, requireDocker } from "./images/docker.ts";
import { help, type Options, readOptions } from "./images/options.ts";
import { edition } from "./images/plan.ts";

const options = readOrExit();
try {
  requireDocker();
  if (options.table) await (await import("./images/table.ts")).printTable(options.chosen, edition());
  else await build(options, edition());
} catch (error) {
  if (!(error instanceof DockerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function readOrExit(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options) return options;
    console.log(help);
    process.exit(0);
  } catch (error) {
    console.error(`${(error as Error).message.split(". ")[0]}. All options: npm run images -- --help`);
    process.exit(1);
  }
}

import { exitCodes } from "./command/exit.ts";
import { ownVersion } from "./command/manifest.ts";
import { type Command, readOptions } from "./command/options.ts";

const args = process.argv.slice(2);
process.exit(await run(args));

/** Does what the command line says; resolves to the exit code. What cannot be done is said in one line. */
async function run(args: readonly string[]): Promise<number> {
  try {
    return await does(readOptions(args, process.env));
  } catch (error) {
    console.error(`${(error as Error).message}. All options: npm run load -- --help`);
    return exitCodes.usage;
  }
}

async function does(command: Command): Promise<number> {
  switch (command.does) {
    case "help":
      console.log((await import("./command/help.ts")).help);
      return exitCodes.met;
    case "version":
      console.log(`boutique load generator ${ownVersion}, Node ${process.version}`);
      return exitCodes.met;
    case "plans":
      console.log((await import("./command/help.ts")).plansInWords());
      return exitCodes.met;
    case "compare":
      return (await import("./command/comparison.ts")).runComparison(command);
    case "work":
      return (await import("./command/working.ts")).runWorker(command);
    case "load":
      return (await import("./command/load.ts")).runLoad(command, args);
  }
}

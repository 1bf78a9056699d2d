import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/**
 * What a measurement is told. With --help it prints `help` and ends; what makes no sense it answers in one line and ends
 * with 2: options that are unknown, and, of those `numbers` that are given, any that is no number above 0.
 */
export function readOptions<const O extends ParseArgsOptionsConfig>(
  help: string,
  options: O,
  numbers: readonly (keyof O & string)[] = [],
) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean", short: "h" } } });
    const given = values as Record<string, unknown>;
    if (given.help) {
      console.log(help);
      process.exit(0);
    }
    const wrong = numbers.find((name) => given[name] !== undefined && !(Number(given[name]) > 0));
    if (wrong) throw new Error(`--${wrong} ${given[wrong]} is not a number above 0`);
    return values;
  } catch (error) {
    const command = help.slice(0, help.indexOf(": "));
    console.error(`${(error as Error).message.split(". ")[0]}. All options: ${command} -- --help`);
    process.exit(2);
  }
}

import type { Order } from "../crew/crew.ts";
import { paintFor } from "../terminal/columns.ts";
import { dashboard, line } from "../terminal/dashboard.ts";
import { openScreen } from "../terminal/screen.ts";
import { exitCodeOf, exitCodes } from "./exit.ts";
import type { Operator } from "./operator.ts";
import type { Voice } from "./voice.ts";

const DRAW_MS = 1_000;
const LINE_MS = 5_000;

/** Runs one order and shows how it goes; resolves to the exit code. */
export async function runHeadless(operator: Operator, order: Order, voice: Voice, quiet: boolean): Promise<number> {
  const close = quiet ? () => {} : process.stdout.isTTY ? showLive(operator, voice) : showLines(operator, voice);
  try {
    const result = await operator.start(order).finally(close);
    return exitCodeOf(result);
  } catch (error) {
    console.error((error as Error).message);
    return exitCodes.invalid;
  }
}

/** Whether a terminal shows colours, and its user wants them. */
export const coloured = (terminal: NodeJS.WriteStream): boolean => terminal.isTTY && terminal.hasColors();

/** Shows the run on the terminal until it is told to stop that. */
function showLive(operator: Operator, voice: Voice): () => void {
  const terminal = process.stdout;
  const paint = paintFor(coloured(terminal));
  const screen = openScreen(terminal);
  voice.through(screen.print);
  const draw = () => {
    const [order, snapshot, state] = [operator.order(), operator.snapshot(), operator.state()];
    const size = { width: terminal.columns || 100, height: terminal.rows || 40 };
    if (order && snapshot && state !== "stopped") screen.draw(dashboard({ order, snapshot, state }, size, paint));
  };
  const timer = setInterval(draw, DRAW_MS);
  return () => {
    clearInterval(timer);
    screen.close();
    voice.through();
  };
}

function showLines(operator: Operator, voice: Voice): () => void {
  const timer = setInterval(() => {
    const [order, snapshot, state] = [operator.order(), operator.snapshot(), operator.state()];
    if (order && snapshot) voice.say(line({ order, snapshot, state }));
  }, LINE_MS);
  return () => clearInterval(timer);
}

/** A place at the end of what a terminal shows, drawn again and again. */
export interface Screen {
  /** Shows these lines in place of the last ones. */
  draw(lines: readonly string[]): void;
  /** Writes something above it, which stays. */
  print(text: string): void;
  /** Takes it away and leaves the terminal as it was. */
  close(): void;
}

/** As much of a terminal as is drawn on. */
export type Terminal = Pick<NodeJS.WriteStream, "write" | "rows">;

const ESC = "\u001b[";
const HIDE_CURSOR = `${ESC}?25l`;
const SHOW_CURSOR = `${ESC}?25h`;
// Lines that are too long are cut by the terminal, and all that comes between is shown at once, where it knows how.
const NO_WRAP = `${ESC}?7l`;
const WRAP = `${ESC}?7h`;
const BEGIN = `${ESC}?2026h`;
const END = `${ESC}?2026l`;
const REST_OF_LINE = `${ESC}K`;
const REST_OF_SCREEN = `${ESC}J`;

/** Opens a place on a terminal. Nothing but what is printed through it may be written before it is closed. */
export function openScreen(terminal: Terminal): Screen {
  let drawn = 0;
  const restore = () => terminal.write(`${WRAP}${SHOW_CURSOR}`);
  process.once("exit", restore);
  const home = () => (drawn > 0 ? `${ESC}${drawn}A\r` : "\r");
  return {
    draw(lines) {
      const shown = lines.slice(0, Math.max(1, (terminal.rows || 40) - 1));
      const text = shown.map((line) => `${line}${REST_OF_LINE}\n`).join("");
      terminal.write(`${BEGIN}${HIDE_CURSOR}${NO_WRAP}${home()}${text}${REST_OF_SCREEN}${END}`);
      drawn = shown.length;
    },
    print(text) {
      terminal.write(`${home()}${REST_OF_SCREEN}${WRAP}${text}\n`);
      drawn = 0;
    },
    close() {
      terminal.write(`${home()}${REST_OF_SCREEN}`);
      drawn = 0;
      restore();
      process.off("exit", restore);
    },
  };
}

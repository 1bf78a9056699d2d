import { type Markup, markup } from "./markup.ts";
import { fill, style } from "./palette.ts";

/** A picture for a page or a file of its own; its name is one for files. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/** How wide pictures are drawn: for a page, or for a telephone. */
export type Width = "wide" | "narrow";

/** Pixels of a picture, and of the margins of its panels. */
export interface Format {
  readonly width: number;
  readonly left: number;
  readonly right: number;
}

/** The formats of both widths. */
export const formats: Record<Width, Format> = {
  wide: { width: 960, left: 58, right: 84 },
  narrow: { width: 380, left: 50, right: 70 },
};

const LINE = 16;
const LETTER = 6.1;

/** Draws a picture: its title, a line on what it shows in what units, and a body that begins at `top`. */
export function picture(
  format: Format,
  { name, title, about }: { name: string; title: string; about: string },
  body: (top: number) => { height: number; content: readonly Markup[] },
): Chart {
  const lines = wrapped(about, Math.floor((format.width - 8) / LETTER));
  const { height, content } = body(34 + lines.length * LINE);
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${format.width} ${height}" width="${format.width}" height="${height}" role="img" aria-label="${title}: ${about}" font-family="${font}" font-size="12">${style}
<rect width="${format.width}" height="${height}" ${fill("paper")}/>
<text x="0" y="17" font-size="15" font-weight="600" ${fill("ink")}>${title}</text>
${lines.map((line, index) => markup`<text x="0" y="${36 + index * LINE}" ${fill("soft")}>${line}</text>`)}
${content}
</svg>`;
  return { name, title, svg: svg.markup };
}

/** Words in lines of at most so many letters. */
function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Text cut to so many pixels. */
export function fitted(text: string, pixels: number): string {
  const most = Math.max(1, Math.floor(pixels / LETTER));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

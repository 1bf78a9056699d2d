/** Text that is HTML or SVG already, made by `markup` alone. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | false | undefined | readonly Value[];

/** A template of HTML or SVG. Whatever is put into it is text and is escaped, unless it is markup itself. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: parts.reduce((all, part, index) => all + written(values[index - 1]) + part),
});

function written(value: Value): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escaped(value);
  // Paths and places need no more than a tenth of a pixel, and reports are sent around.
  if (typeof value === "number") return String(Math.round(value * 10) / 10);
  return "markup" in value ? value.markup : value.map(written).join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for HTML and XML, in quotes or not. What XML cannot contain at all is shown as a replacement character. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");

/** A piece of a page: an element with what is in it, or a text. */
export type Piece = Element | string;

/** An element of a page. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Piece[];
}

const token = /<!--[\s\S]*?(?:-->|$)|<!?(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const childless = [
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
];
const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  euro: "€",
  pound: "£",
};

const decoded = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Reads a page as a browser would, roughly: what is not closed ends with what it stands in, strays are passed over. */
export function parsePage(html: string): Element {
  const page: Element = { tag: "", attributes: {}, children: [] };
  const open = [page];
  let end = 0;
  token.lastIndex = 0;
  for (let match = token.exec(html); match; match = token.exec(html)) {
    const [whole, closing, name, rest = ""] = match;
    if (match.index > end) open.at(-1)?.children.push(decoded(html.slice(end, match.index)));
    end = token.lastIndex;
    if (!name || whole.startsWith("<!")) continue;
    const tag = name.toLowerCase();
    if (closing) {
      const depth = open.findLastIndex((element) => element.tag === tag);
      if (depth > 0) open.length = depth;
      continue;
    }
    if (tag === "option" && open.at(-1)?.tag === "option") open.pop();
    const element: Element = { tag, attributes: attributesOf(rest), children: [] };
    open.at(-1)?.children.push(element);
    if (tag === "script" || tag === "style") {
      const close = html.toLowerCase().indexOf(`</${tag}`, end);
      token.lastIndex = end = close < 0 ? html.length : close;
    }
    if (!childless.includes(tag) && !rest.endsWith("/")) open.push(element);
  }
  open.at(-1)?.children.push(decoded(html.slice(end)));
  return page;
}

const attributesOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name = "", double, single, bare]) => [
      name.toLowerCase(),
      decoded(double ?? single ?? bare ?? ""),
    ]),
  );

/** The elements below one that are so, in the order of the page. */
export function findAll(within: Element, is: (element: Element) => boolean): Element[] {
  return within.children.flatMap((piece) => {
    if (typeof piece === "string") return [];
    return is(piece) ? [piece, ...findAll(piece, is)] : findAll(piece, is);
  });
}

/** The text of an element as it is read, spaces folded. */
export const textOf = (piece: Piece): string =>
  (typeof piece === "string" ? piece : piece.children.map(textOf).join(" ")).replace(/\s+/g, " ").trim();

import type handlebars from "handlebars";

/**
 * Adds `{{{once "name" data}}}`: a partial by itself, with nothing but the data and the base, which is rendered once for
 * each object that it is given.
 */
export function registerOnce(
  engine: typeof handlebars,
  base: string,
  compile: (name: string) => HandlebarsTemplateDelegate,
): void {
  const pieces = new Map<string, { render: HandlebarsTemplateDelegate; known: WeakMap<object, string> }>();
  engine.registerHelper("once", (name: string, data: object) => {
    const piece = pieces.get(name) ?? { render: compile(name), known: new WeakMap() };
    pieces.set(name, piece);
    const html = piece.known.get(data) ?? piece.render({ ...data, base });
    piece.known.set(data, html);
    return html;
  });
}

/**
 * A stranger's text, in quotation marks, as it may stand in an error: cut after so many UTF-16 units, an ellipsis in
 * place of the rest. Whole characters only, since half of one cannot be sent back.
 */
export function quoted(text: string, most: number): string {
  const start = text.slice(0, most);
  if (start === text) return `"${text.toWellFormed()}"`;
  return `"${start.replace(/[\uD800-\uDBFF]$/, "").toWellFormed()}…"`;
}

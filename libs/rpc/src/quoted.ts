/** A run of digits that may be a card's number, whatever stands between them, and what may be an e-mail address. */
const secret = /\p{Nd}(?:[^\p{L}\p{N}]{0,3}\p{Nd}){11,}|[^\s"]*@[^\s"]*/gu;

/**
 * A stranger's text, in quotation marks, as it may stand in an error: cut after so many UTF-16 units, an ellipsis in
 * place of the rest, and of what nobody should read again. Whole characters only, since half of one cannot be sent back.
 */
export function quoted(text: string, most: number): string {
  const start = text.slice(0, most);
  if (start === text) return `"${shown(text)}"`;
  return `"${shown(start.replace(/[\uD800-\uDBFF]$/, ""))}…"`;
}

const shown = (text: string) => text.toWellFormed().replace(secret, "…");

/** What shoppers of a test have told the shop, and nobody may ever read again. */
export const secrets = {
  cards: ["4485275742308327", "5425233430109903", "378282246310005", "4000056655665556"],
  /** Three digits stand anywhere by chance: one is looked for where it is all of a field, or a word of a text. */
  cvv: "947",
  emails: ["zebedee.quillfeather@letters.example", "zebedee.quillfeather"],
  streets: ["9431 Wyvernfield Terrace", "Wyvernfield"],
} as const;

/** Numbers that are neither typed by anybody nor ids: durations, sizes, ports. What has such a name may be any number. */
const figures = /(^|[._])(ms|bytes|seconds|s|port|grpc|http|metrics|calls|latency_ms|pid|lineno)$/;

/** A card's number, whatever stands between its digits. */
const spread = (card: string) => new RegExp([...card].join("[^\\p{L}\\p{N}]{0,3}"), "u");

/** Which secrets stand in a text. */
export const secretsIn = (text: string): string[] => [
  ...secrets.cards.filter((card) => spread(card).test(text)),
  ...[...secrets.emails, ...secrets.streets].filter((words) => text.toLowerCase().includes(words.toLowerCase())),
];

/** The paths of the fields, however deep, that are the CVV or have it as a word. */
export function cvvIn(value: unknown, path = ""): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => cvvIn(inner, path ? `${path}.${name}` : name));
  }
  if (typeof value !== "string" && typeof value !== "number") return [];
  if (typeof value === "number" && figures.test(path)) return [];
  return new RegExp(`(?<![\\w.:-])${secrets.cvv}(?![\\w.:-])`).test(String(value)) ? [path] : [];
}

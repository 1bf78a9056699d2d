import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

const colours: readonly Style[] = [
  "cyan",
  "green",
  "magenta",
  "blue",
  "yellow",
  "cyanBright",
  "greenBright",
  "magentaBright",
  "blueBright",
  "yellowBright",
];

// What is said elsewhere in the line, or of interest to machines alone.
const unsaid = ["severity", "timestamp", "message", "service", "version", "event", "schema", "trace_id", "span_id"];

// The lines that people want to see; looked for in the text, since most lines are not worth parsing.
const news = /"severity":"(warn|error|fatal)"|"event":/;

/** Whether a line is a warning or worse, a business event, or nothing of ours at all. */
export const isNews = (line: string): boolean => !line.startsWith("{") || news.test(line);

/** A name as wide as the widest, in the colour of its place. */
export const nameTag = (workload: string, place: number, width: number): string =>
  styleText(colours[place % colours.length] ?? "cyan", workload.padEnd(width));

/** The time of day as people read it. */
export const clock = (date: Date): string => styleText("dim", date.toTimeString().slice(0, 8));

/** A line of JSON as people read it: time, service, words, what it is about. Anything else stays as it is. */
export function forPeople(line: string, tag: string): string {
  const entry = parse(line);
  if (!entry) return `${clock(new Date())}  ${tag}  ${line}`;
  const severity = String(entry.severity);
  const grave = severity === "error" || severity === "fatal";
  const mark = grave ? styleText("red", `${severity} `) : severity === "warn" ? styleText("yellow", "warning ") : "";
  const fields = Object.entries(entry)
    .filter(([key]) => !unsaid.includes(key))
    .map(([key, value]) => ` ${styleText("dim", `${key}=`)}${shown(value)}`);
  const words = plain(String(entry.message ?? ""));
  return `${clock(new Date(String(entry.timestamp)))}  ${tag}  ${mark}${words}${fields.join("")}${stackOf(entry, grave)}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const entry = JSON.parse(line);
    return typeof entry === "object" && entry !== null ? entry : undefined;
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  const said = messageOf(value) ?? value;
  if (typeof said === "string" && /^[^\s"=]+$/.test(said)) return plain(said);
  return plain(JSON.stringify(said));
}

const messageOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "message" in value ? value.message : undefined;

function stackOf({ error }: Record<string, unknown>, grave: boolean): string {
  if (!grave || typeof error !== "object" || error === null || !("stack" in error)) return "";
  const frames = String(error.stack).split("\n").slice(1);
  return frames.map((frame) => `\n${styleText("dim", `    ${plain(frame.trim())}`)}`).join("");
}

/** What a visitor typed may be in a line: no control characters reach the terminal. */
const plain = (text: string) => text.replace(/\p{Cc}/gu, "·");

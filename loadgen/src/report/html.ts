import { createHash } from "node:crypto";
import { configurationsOf } from "../results/compare.ts";
import type { Result } from "../results/result.ts";
import { duration } from "../results/spoken.ts";
import { comparison } from "./comparison.ts";
import { type Markup, markup } from "./markup.ts";
import { saving } from "./saving.ts";
import { section } from "./section.ts";
import { sheet } from "./sheet.ts";

/**
 * A report as one HTML file that needs nothing else: of one result, or of several side by side. Results of the same plan
 * against the same shop are taken for repeats, unless their names (one for each) say otherwise.
 */
export function htmlReport(results: readonly Result[], names?: readonly string[]): string {
  const [first] = results;
  if (!first) throw new Error("a report needs at least one result");
  const title =
    results.length === 1 ? `Load test: ${first.manifest.plan.name}` : `${results.length} load tests compared`;
  const body =
    results.length === 1
      ? section(first)
      : markup`${comparison(configurationsOf(results, names))}
${results.map((result, index) => folded(result, index, names?.[index]))}`;
  return page(title, body).markup;
}

const folded = (result: Result, index: number, name = result.manifest.plan.name): Markup =>
  markup`<details class="run"><summary>Run ${index + 1}: ${name}, ${result.manifest.startedAt}, ${duration(result.manifest.seconds)}</summary>
${section(result)}</details>`;

/** The policy lets this page do nothing but show itself, whatever words of a shop found their way into it. */
function page(title: string, body: Markup): Markup {
  const hash = createHash("sha256").update(saving.markup).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src 'sha256-${hash}'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${sheet}</style>
</head>
<body>
<main>
${body}
</main>
<script>${saving}</script>
</body>
</html>
`;
}

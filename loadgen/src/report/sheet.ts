import type { Markup } from "./markup.ts";
import { type Colour, shadesOf } from "./palette.ts";

const used: readonly Colour[] = ["paper", "band", "grid", "soft", "ink", "rate", "failure", "third", "most"];
const variables = (shade: 0 | 1) => used.map((name) => `--${name}:${shadesOf(name)[shade]}`).join(";");

/** The style sheet of a report: on light and dark screens, on telephones, on paper. */
export const sheet: Markup = {
  markup: `
:root{${variables(0)};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{${variables(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1008px;margin:0 auto;padding:48px 24px 96px}
.over{margin:0 0 8px;color:var(--soft);font-size:14px;letter-spacing:.02em}
h1{margin:0;font-size:32px;line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{margin:56px 0 16px;font-size:20px;line-height:1.3;font-weight:650;letter-spacing:-.005em}
.sign{display:inline-block;width:1.25em;height:1.25em;margin-right:.45em;border-radius:50%;background:var(--soft);color:var(--paper);font-size:.8em;line-height:1.25em;text-align:center;font-weight:700;vertical-align:.06em}
.met .sign{background:var(--third)}.missed .sign{background:var(--failure)}.invalid .sign{background:var(--most)}
.about{margin:16px 0 0;max-width:68ch;color:var(--soft)}
.reasons,.findings{margin:14px 0 0;padding:0;list-style:none;max-width:80ch}
.reasons li,.findings li{padding-left:18px;position:relative;margin:5px 0}
.reasons li::before,.findings li::before{content:"";position:absolute;left:2px;top:.68em;width:6px;height:2px;background:var(--soft)}
.key{display:grid;grid-template-columns:repeat(6,1fr);gap:0;margin:40px 0 0;border-block:1px solid var(--grid)}
.key div{padding:18px 12px 18px 16px;border-left:1px solid var(--grid)}
.key div:first-child{border-left:0;padding-left:0}
.key dt{color:var(--soft);font-size:13px}
.key dd{margin:2px 0 0}
.key b{display:block;font-size:27px;line-height:1.25;font-weight:600;letter-spacing:-.02em;font-variant-numeric:tabular-nums;white-space:nowrap}
.key small{display:block;color:var(--soft);font-size:12.5px;line-height:1.35}
figure{position:relative;margin:0 0 44px}
figure svg{display:block;width:100%;height:auto;overflow:visible}
.narrow{display:none}
.save{position:absolute;top:-3px;right:0;margin:0;display:flex;gap:6px}
.save button{font:inherit;font-size:12px;line-height:1;padding:5px 8px;border:1px solid var(--grid);border-radius:5px;background:transparent;color:var(--soft);cursor:pointer}
.save button:hover,.save button:focus-visible{color:var(--ink);border-color:var(--soft)}
.note{margin:12px 0 0;color:var(--soft);font-size:13px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:7px 0 7px 16px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--grid);font-weight:400}
th:first-child{text-align:left;padding-left:0}
thead th{color:var(--soft);font-size:12.5px;vertical-align:bottom}
tbody th{max-width:380px;overflow:hidden;text-overflow:ellipsis}
.sum tbody tr:last-child>*{font-weight:650;border-bottom:0}
.words tbody th,.words td:nth-child(2){white-space:normal;overflow-wrap:anywhere;text-align:left}
.words thead th:nth-child(2){text-align:left}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:6px 24px;margin:0;font-size:14px}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere}
details{margin:20px 0 0}
summary{cursor:pointer;color:var(--soft);font-size:14px}
.run{margin:28px 0 0;border-top:1px solid var(--grid);padding-top:16px}
.run>summary{font-size:16px;color:var(--ink)}
.run article{padding-top:24px}
pre{margin:12px 0 0;padding:16px;background:var(--band);border-radius:8px;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-x:auto}
@media (max-width:900px){.key{grid-template-columns:repeat(3,1fr)}.key div:nth-child(3n+1){border-left:0;padding-left:0}.key div:nth-child(n+4){border-top:1px solid var(--grid)}}
@media screen and (max-width:640px){
main{padding:28px 16px 64px}h1{font-size:25px}h2{margin-top:44px}
.wide{display:none}.narrow{display:block}
.key{grid-template-columns:repeat(2,1fr)}
.key div,.key div:nth-child(3n+1){padding:14px 8px 14px 14px;border-left:1px solid var(--grid);border-top:1px solid var(--grid)}
.key div:nth-child(2n+1){border-left:0;padding-left:0}.key div:nth-child(-n+2){border-top:0}
.key b{font-size:24px}
.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:10px}
}
@media print{main{max-width:none;padding:0}.save{display:none}figure,tr,.key{break-inside:avoid}h2{break-after:avoid}.note{margin:12px 0 0;color:var(--soft);font-size:13px}
.scroll{overflow:visible}table{font-size:11px}th,td{padding-left:8px}pre{white-space:pre-wrap}}
`,
};

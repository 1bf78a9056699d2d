import { durationOf } from "../load/level.ts";
import type { Plan } from "../plan/plan.ts";
import { type Markup, markup } from "../report/markup.ts";
import { profiles } from "../shoppers/profiles.ts";
import type { Start } from "./swarm.ts";

/** The page: a form and places for what is live, which app.js fills. */
export const page = (
  { host, plan: own, users, spawnRate }: Start,
  plans: readonly Plan[],
  version: string,
): Markup => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Load · Online Boutique</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles.css">
<script src="/app.js" type="module"></script>
</head>
<body>
<a class="skip" href="#figures">To the figures</a>
<header>
<h1><span>Online Boutique</span> Load</h1>
<p id="status" role="status" data-state="ready">ready</p>
</header>
<main>
<form id="load" action="/swarm" method="post" aria-labelledby="load-title">
<h2 id="load-title">A load</h2>
<label class="wide">Plan
<select name="plan" id="plan">
<option value="" ${attribute(isByHand(own) && "selected")}>By hand</option>
${!isByHand(own) && markup`<option value="${own.name}" data-about="${own.about}" selected>${own.name}</option>`}
${plans.filter(({ name }) => name !== own.name).map(({ name, about }) => markup`<option value="${name}" data-about="${about}">${name}</option>`)}
</select></label>
<p id="about" class="wide quiet"></p>
<label class="wide">Shop <input name="host" type="url" required value="${host}" spellcheck="false" autocomplete="url"></label>
<div class="hand">
<label>Users <input name="user_count" type="number" min="0" max="1000000" step="1" required value="${String(users)}"></label>
<label>Spawn rate, 1/s <input name="spawn_rate" type="number" min="0.01" step="any" required value="${String(spawnRate)}"></label>
<label>Run time <input name="run_time" value="${runTimeOf(own)}" placeholder="until stopped" pattern="(\\d+h)?(\\d+m)?(\\d+s)?|\\d+" title="such as 90s, 3m or 1h30m"></label>
<label>Shoppers
<select name="profile">${Object.entries(profiles).map(([name, { about }]) => markup`<option title="${about}" ${attribute(name === own.profile && "selected")}>${name}</option>`)}</select></label>
</div>
<p id="trouble" class="wide" role="alert" hidden></p>
<div class="buttons">
<button type="submit" id="start">Start</button>
<button type="button" id="stop" hidden>Stop</button>
</div>
</form>
<div id="live">
<section aria-label="Outcome" data-part="outcome"></section>
<section id="figures" aria-label="Now" data-part="figures"></section>
<section aria-label="Over time" class="charts" data-part="charts"></section>
<section aria-label="Routes" data-part="routes"></section>
<section aria-label="Failures" data-part="failures"></section>
<section aria-label="The load generator itself" data-part="generator"></section>
</div>
</main>
<footer><p>Load generator ${version}. <a href="/stats/requests">Figures as JSON</a></p>
<noscript><p>This page needs its script. Without: POST /swarm with user_count, spawn_rate and host, then GET /stats/requests.</p></noscript></footer>
</body>
</html>`;

/** Whether the fields of the form say all that the command line said. */
const isByHand = ({ name, model }: Plan) => name === "command line" && model === "users";

/** The run time that the command line asked for, if it did. */
const runTimeOf = (own: Plan) => isByHand(own) && Number.isFinite(durationOf(own)) && `${Math.round(durationOf(own))}s`;

const attribute = (name: string | false): Markup | false => name !== false && { markup: name };

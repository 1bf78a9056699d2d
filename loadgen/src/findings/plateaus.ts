import type { Finding, StageSummary } from "../results/result.ts";
import { count, milliseconds, percent, perSecond } from "../results/spoken.ts";
import { spansOf } from "../results/stages.ts";
import { judge, judgedOf, judgementWords } from "../results/verdict.ts";
import type { Facts } from "./facts.ts";

/** Finds the highest plateau (a stage on which the load stays the same) that kept the objectives, and all below it. */
export function findPlateaus({ plan, stages }: Facts): readonly Finding[] {
  const flat = spansOf(plan).filter(({ first, last, from, to }) => first === last && last > 0 && to > from);
  const plateaus = flat.flatMap(({ last: level, from }) => {
    const stage = stages.find((stage) => stage.from === from && stage.requests > 0);
    return stage ? [{ level, stage, broken: judge(plan.objectives, stage).filter(({ met }) => !met) }] : [];
  });
  const unit = plan.model === "rate" ? "arrivals/s" : "users";
  const asked = Object.keys(plan.objectives).length > 0;
  if (plateaus.length === 0) return [finding("no stage on which the load stays the same was reached", {})];

  const rows = plateaus.map(({ level, stage, broken }) => {
    const held = asked ? (broken.length === 0 ? "held" : "broken") : "unasked";
    const { p50, p99 } = judgedOf(stage);
    const words = `${count(level)} ${unit}: ${figuresOf(stage)}${broken.length > 0 ? `: ${broken.map(judgementWords).join("; ")}` : ""}`;
    return finding(words, {
      level,
      unit,
      rate: stage.rate,
      p50,
      p99,
      failRatio: stage.failures / stage.requests,
      held,
    });
  });
  if (!asked) return rows;
  const rising = plateaus.toSorted((a, b) => a.level - b.level);
  const firstBroken = rising.findIndex(({ broken }) => broken.length > 0);
  const best = firstBroken < 0 ? rising.at(-1) : rising[firstBroken - 1];
  const worse = rising[firstBroken];
  const words = [
    best ? `the objectives held at ${count(best.level)} ${unit}` : "the objectives held at no plateau",
    worse ? `and no longer at ${count(worse.level)}` : "the highest there was",
  ].join(best && !worse ? ", " : " ");
  return [finding(words, { highest: best?.level ?? 0, unit, rate: best?.stage.rate ?? 0 }), ...rows];
}

function figuresOf(stage: StageSummary): string {
  const { p50, p99 } = judgedOf(stage);
  const failed = percent(stage.failures / stage.requests);
  return `${perSecond(stage.rate)}, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, ${failed} failed`;
}

const finding = (words: string, figures: Finding["figures"]): Finding => ({ kind: "plateaus", words, figures });

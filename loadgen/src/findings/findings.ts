import type { Finding } from "../results/result.ts";
import type { Facts } from "./facts.ts";
import { findKnee } from "./knee.ts";
import { findPlateaus } from "./plateaus.ts";
import { findRecovery } from "./recovery.ts";
import { findSlopes } from "./slope.ts";

const finders: Record<Finding["kind"], (facts: Facts) => readonly Finding[]> = {
  knee: findKnee,
  recovery: findRecovery,
  slope: findSlopes,
  plateaus: findPlateaus,
};

/** Finds what the plan looks for; each search says so in words when there is nothing to be found. */
export const find = (facts: Facts): readonly Finding[] => facts.plan.find.flatMap((kind) => finders[kind](facts));

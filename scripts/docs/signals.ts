import { type Name, names } from "../../libs/contract/src/topology.ts";
import type { EventDeclaration } from "../../libs/telemetry/src/business.ts";
import type { MetricDeclaration } from "../../libs/telemetry/src/metrics.ts";
import { saidBy } from "./service.ts";

/** What a service declares. */
export interface Signals {
  readonly metrics: readonly MetricDeclaration[];
  readonly events: readonly EventDeclaration[];
}

/** What every service declares, asked once. */
export function declaredSignals(): ReadonlyMap<Name, Signals> {
  return new Map(names.map((name) => [name, JSON.parse(saidBy(name, "--signals")) as Signals]));
}

/** A text as it may stand in a table's cell. */
export const cell = (text: string): string => text.replaceAll("|", "\\|");

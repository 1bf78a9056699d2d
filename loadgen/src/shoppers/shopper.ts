import { type Lines, openBrowser, type Surroundings } from "./browser.ts";
import { createMemory } from "./checks.ts";
import type { Profile } from "./profiles.ts";
import type { Chance } from "./random.ts";
import { type TaskName, tasks } from "./tasks.ts";

/** Somebody with a browser, a cart and a memory. */
export interface Shopper {
  /** Does one task, whichever comes up; its first request counts from `due` (by performance.now()), if that is given. */
  act(chance: Chance, due?: number): Promise<void>;
  /** Looks at the home page, as some do before all else. */
  comeIn(chance: Chance): Promise<void>;
}

/** Makes shoppers of one kind. */
export function createShoppers({ tasks: weights }: Profile, surroundings: Surroundings) {
  const entries = Object.entries(weights) as [TaskName, number][];
  const [first, ...others] = entries.flatMap(([name, weight]) => Array<TaskName>(weight).fill(name));
  if (!first) throw new Error("a profile needs at least one task");
  const lots = [first, ...others] as const;

  return (lines: Lines): Shopper => {
    const browser = openBrowser(surroundings, lines);
    const memory = createMemory(() => browser.cookies.get("shop_currency") ?? "USD");
    return {
      act: (chance, due) => {
        const task = tasks[chance.pick(lots)];
        return task({ chance, browser, memory, ...(due !== undefined && { due }) });
      },
      comeIn: (chance) => tasks.index({ chance, browser, memory }),
    };
  };
}

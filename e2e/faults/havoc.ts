import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../original/chance.ts";
import type { Blow, Step, Victim } from "./blows.ts";
import type { Boutique } from "./boutique.ts";
import type { Replica } from "./replica.ts";

const PATIENCE_MS = 4_000;
/** So long a killed peer is noticed by, before it is called. */
const NOTICED_AFTER_MS = 100;

/** One process, or Redis. */
type Struck = Replica | "redis";
type Trap = (replica: Replica) => Promise<void>;

/** Deals blows to a shop whose checkout asks at each step whether it may go on. */
export function createHavoc(chance: Chance) {
  /** How many blows were dealt, by victim and kind as in "checkout kill". */
  const dealt = new Map<string, number>();
  const traps = new Map<Step, Trap[]>();
  /** Whoever is away; two blows at once would be one. */
  const hurt = new Set<Struck>();

  /** What checkout asks between two steps: whoever set a trap there comes first. */
  const asked = async (words: unknown, replica: Replica): Promise<unknown> => {
    const { number, step } = words as { number: number; step: Step };
    await traps.get(step)?.shift()?.(replica);
    return number;
  };

  /** Has work done when an order comes to a step, before it goes on; false when none came for a while. */
  const atStep = async (step: Step, work: Trap): Promise<boolean> => {
    const caught = Promise.withResolvers<boolean>();
    const enough = setTimeout(() => caught.resolve(false), PATIENCE_MS);
    const trap: Trap = async (replica) => {
      clearTimeout(enough);
      await work(replica).finally(() => caught.resolve(true));
    };
    traps.set(step, [...(traps.get(step) ?? []), trap]);
    const came = await caught.promise;
    if (!came) traps.set(step, traps.get(step)?.filter((other) => other !== trap) ?? []);
    return came;
  };

  const pick = (shop: Boutique, victim: Victim): Struck | undefined => {
    if (victim === "redis") return hurt.has("redis") ? undefined : "redis";
    const well = shop.replicas(victim).filter((replica) => !hurt.has(replica));
    return well.length > 0 ? chance.pick(well) : undefined;
  };

  const strike = async (shop: Boutique, who: Struck, { victim, how }: Blow): Promise<void> => {
    hurt.add(who);
    dealt.set(`${victim} ${how}`, (dealt.get(`${victim} ${how}`) ?? 0) + 1);
    if (who === "redis") await (how === "kill" ? shop.redis.kill() : shop.redis.pause());
    else await (how === "kill" ? who.kill() : who.freeze());
  };

  const heal = async (shop: Boutique, who: Struck, how: Blow["how"]): Promise<void> => {
    if (who === "redis") await (how === "kill" ? shop.restartRedis() : shop.redis.resume());
    else await (how === "kill" ? who.start() : who.thaw());
    hurt.delete(who);
  };

  /** Deals one blow, and resolves once the victim is back; to false when it did not come to it. */
  const deal = async (shop: Boutique, blow: Blow): Promise<boolean> => {
    const { victim, step, how, away } = blow;
    let struck: Struck | undefined;
    let shipping: Struck | undefined;
    const now = async (asking?: Replica) => {
      struck = asking && victim === "checkout" && !hurt.has(asking) ? asking : pick(shop, victim);
      if (struck) await strike(shop, struck, blow);
    };
    if (!step) await now();
    else if (!/^refund/.test(step)) await atStep(step, now);
    else {
      const caught = atStep(step, now);
      shipping = await stopShipping(shop);
      await caught;
    }
    if (struck) await sleep(away);
    // Together: who is started while Redis is away serves only when that is back.
    await Promise.all([struck && heal(shop, struck, how), shipping && heal(shop, shipping, "kill")]);
    return struck !== undefined;
  };

  /** Kills shipping when a parcel is about to be asked for: only then a charge is given back. */
  const stopShipping = async (shop: Boutique): Promise<Struck | undefined> => {
    let struck: Struck | undefined;
    await atStep("shipping", async () => {
      struck = pick(shop, "shipping");
      if (struck) await strike(shop, struck, { victim: "shipping", how: "kill", away: 0 });
      await sleep(NOTICED_AFTER_MS);
    });
    return struck;
  };

  return { asked, deal, dealt };
}

export type Havoc = ReturnType<typeof createHavoc>;

import type { Share } from "../crew/crew.ts";
import { openLine } from "../shoppers/line.ts";
import { createChance } from "../shoppers/random.ts";
import { levelAt, shareOf } from "./level.ts";
import type { Model, Scene } from "./scene.ts";

const ADJUST_MS = 100;

/** Somebody who is there; `leave` ends their wait, or lets them finish what they are at. */
interface Present {
  leave(): void;
}

/**
 * A closed population: as many shoppers as the plan wants at each moment, each of whom does one thing after the other
 * and waits in between. Shopper number n does the same things whatever worker it belongs to; when the level falls those
 * who came last leave, and somebody new takes their place when it rises again.
 */
export function populate({ plan, host, index, of }: Share, scene: Scene): Model {
  const { origin } = new URL(host);
  const [least, most] = plan.wait;
  const places: Present[] = [];
  const visits: number[] = [];
  let users = 0;

  const enter = (place: number): Present => {
    const visit = (visits[place] ?? 0) + 1;
    visits[place] = visit;
    const chance = createChance(plan.seed, index + place * of, visit);
    const line = openLine(origin);
    const shopper = scene.shopper({ take: () => line, give: () => {} });
    let there = true;
    let wake = () => {};

    const pause = () => {
      const wait = 1_000 * (least + chance.next() * (most - least));
      const due = performance.now() + wait;
      return new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          scene.late(performance.now() - due);
          resolve();
        }, wait);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    };

    const live = async () => {
      users += 1;
      if (scene.profile.comesIn) await shopper.comeIn(chance);
      while (there) {
        await shopper.act(chance);
        if (there) await pause();
      }
      users -= 1;
      line.close();
    };

    scene.underWay(live());
    return {
      leave() {
        there = false;
        wake();
      },
    };
  };

  const adjust = () => {
    const wanted = shareOf(levelAt(plan, scene.second()) ?? 0, index, of);
    while (places.length < wanted) places.push(enter(places.length));
    while (places.length > wanted) places.pop()?.leave();
  };

  const adjusting = setInterval(adjust, ADJUST_MS);
  adjust();
  return {
    users: () => users,
    stop() {
      clearInterval(adjusting);
      for (const present of places) present.leave();
    },
    // Whoever leaves has closed their own connection.
    close() {},
  };
}

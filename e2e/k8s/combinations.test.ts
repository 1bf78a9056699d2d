import { afterAll, beforeAll, expect, it } from "vitest";
import { components, overlays } from "../artefacts/manifests.ts";
import { kubectl, run } from "./cluster.ts";
import { expectFreePort } from "./door.ts";
import { build, folder } from "./kustomization.ts";
import { openNamespace, removeNamespace } from "./namespace.ts";

// What the server itself says of all combinations: it knows every field, default and rule. Most of what they consist of is
// the same; each object that differs from all others is shown to it once.
const AT_ONCE = 3;
let namespace: string;

beforeAll(async () => {
  await expectFreePort();
  namespace = await openNamespace();
}, 30_000);
afterAll(() => namespace && removeNamespace(namespace), 120_000);

const pairs = components.flatMap((first, index) => components.slice(index + 1).map((second) => [first, second]));
const combinations: (readonly [name: string, build: () => Promise<string>])[] = [
  ...[...components.map((name) => [name]), ...pairs, components].map(
    (chosen) => [chosen.join(" + "), () => build(chosen)] as const,
  ),
  ...overlays.map((name) => [name, () => kubectl("kustomize", folder(`overlays/${name}`))] as const),
];

it("the server accepts every component, every pair, all together, and every overlay", async () => {
  const objects = new Map<string, string>();
  const left = [...combinations];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [name, make] = next;
      for (const object of (await make()).split(/^---\n/m)) objects.set(object, objects.get(object) ?? name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  console.log(`${combinations.length} combinations of ${objects.size} objects`);
  expect(objects.size).toBeGreaterThan(50);
  expect(await refusal([...objects.keys()])).toBe("");
}, 300_000);

/** What the server has against some objects, warnings included; nothing is kept. */
async function refusal(objects: readonly string[]): Promise<string> {
  const ask = ["apply", "--dry-run=server", "--validate=strict", "--namespace", namespace, "--filename=-"];
  return run(ask, objects.join("---\n")).then(
    ({ stderr }) => stderr,
    (error) => error.message,
  );
}

import { names, type ServiceName } from "@boutique/contract/topology";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Outcome, stranger } from "../hostile/ask.ts";
import { type Target, targetsOf } from "../hostile/messages.ts";
import { runs } from "../hostile/texts.ts";
import { expectUnharmed, takePulses } from "../hostile/unharmed.ts";
import { type RunningShop, startShop } from "../running-shop.ts";

// Every method of every service, asked by strangers for whatever comes to their minds.
let shop: RunningShop;
let before: Awaited<ReturnType<typeof takePulses>>;
beforeAll(async () => {
  shop = await startShop();
  before = await takePulses(shop);
});
afterAll(() => shop?.stop());

const services = names.filter((name): name is ServiceName => name !== "frontend");
const all = services.flatMap((name) => targetsOf(name).map((target) => [target.path, name, target] as const));

/** What a service may answer to a stranger while all of the shop is well; nothing of it is the shop's fault. */
const fair = ["OK", "INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "ABORTED", "RESOURCE_EXHAUSTED"];

function expectFair({ code, details }: Outcome, { fields }: Pick<Target, "fields">): void {
  expect(fair, details).toContain(code);
  expect(details.length).toBeLessThan(500);
  if (code === "INVALID_ARGUMENT") expect(fields, details).toContain(/^[a-z_]+/.exec(details)?.[0]);
}

describe.each(all)("%s", (_, name, target) => {
  const ask = () => stranger(shop.grpc(name));
  const { path, message, encode } = target;

  it("refuses what makes no sense by the name of its field, whatever it is sent", async () => {
    const send = ask();
    await fc.assert(
      fc.asyncProperty(message, async (sent) => expectFair(await send(path, encode(sent)), target)),
      runs(250),
    );
  });

  it("takes bytes that are no message for the caller's fault (gRPC: INTERNAL)", async () => {
    const send = ask();
    const damaged = fc
      .tuple(message, message, fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.constantFrom(...damages))
      .map(([one, other, noise, place, damage]) => damage(encode(one), encode(other), Buffer.from(noise), place));
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        expectFair(await send(path, bytes), { fields: [...target.fields, "request"] });
      }),
      runs(60),
    );
  });

  it("refuses what is larger than its memory is for, and says little of what is large", async () => {
    const send = ask();
    const [field] = target.fields;
    for (const size of [200_000, 1_000_000]) {
      // Field 1 as a text or message of so many bytes, whatever it is; of no message that fits the larger one.
      const { code, details } = await send(path, lengthDelimited(1, Buffer.alloc(size, "x")));
      expect(size < 256 * 1024 ? fair : ["RESOURCE_EXHAUSTED"], `${field}: ${details}`).toContain(code);
      expect(details.length).toBeLessThan(500);
    }
  });

  it("is not led into the depths by groups within groups", async () => {
    const { code } = await ask()(path, Buffer.alloc(100_000, 0x63));

    expect(["INVALID_ARGUMENT", "OK"]).toContain(code);
  });
});

type Damage = (one: Buffer, other: Buffer, noise: Buffer, place: number) => Buffer;

/** A message cut short, twice over, with a byte turned, with noise in its middle, nothing but noise. */
const damages: readonly Damage[] = [
  (one, _, __, place) => one.subarray(0, place % (one.length + 1)),
  (one, other) => Buffer.concat([one, other, one]),
  (one, _, [turn = 0], place) => one.map((byte, at) => (at === place % one.length ? byte ^ turn : byte)) as Buffer,
  (one, _, noise, place) => Buffer.concat([one.subarray(0, place % (one.length + 1)), noise, one]),
  (_, __, noise) => noise,
];

function lengthDelimited(field: number, content: Buffer): Buffer {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(value >>> 7)]);
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(content.length)]), content]);
}

it("nobody is the worse for it", () => expectUnharmed(shop, before));

import { describe, expect, it } from "vitest";
import { type Code, RpcError } from "../src/error.ts";
import { withFallback } from "../src/fallback.ts";
import { bothEnds } from "./ends.ts";

/** Two ways to do a thing, and which of them were taken. */
function twoWays(...codes: (Code | "OK")[]) {
  const taken: string[] = [];
  const clock = { time: 1_000_000 };
  const preferred = async (word: string) => {
    taken.push("preferred");
    const code = codes.shift() ?? "OK";
    if (code !== "OK") throw new RpcError(code, "words");
    return `preferred ${word}`;
  };
  const instead = async (word: string) => {
    taken.push("instead");
    return `instead ${word}`;
  };
  return { taken, clock, call: withFallback(preferred, instead, () => clock.time) };
}

describe("a fallback", () => {
  it("is not taken while what is preferred works", async () => {
    const { call, taken } = twoWays();

    expect([await call("a"), await call("b")]).toEqual(["preferred a", "preferred b"]);
    expect(taken).toEqual(["preferred", "preferred"]);
  });

  it("is taken when the peer does not know the call, and remembered for a minute", async () => {
    const { call, taken, clock } = twoWays("UNIMPLEMENTED");

    expect(await call("a")).toBe("instead a");
    clock.time += 59_999;
    expect(await call("b")).toBe("instead b");
    expect(taken).toEqual(["preferred", "instead", "instead"]);
  });

  it("is left after a minute, since the peer may have been replaced", async () => {
    const { call, clock } = twoWays("UNIMPLEMENTED");

    await call("a");
    clock.time += 60_000;

    expect(await call("b")).toBe("preferred b");
  });

  it("is taken for another minute when the peer has not been", async () => {
    const { call, taken, clock } = twoWays("UNIMPLEMENTED", "UNIMPLEMENTED");

    await call("a");
    clock.time += 60_000;
    await call("b");
    clock.time += 30_000;
    await call("c");

    expect(taken).toEqual(["preferred", "instead", "preferred", "instead", "instead"]);
  });

  it.each<Code>(["UNAVAILABLE", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED"])("is no answer to %s", async (code) => {
    const { call, taken } = twoWays(code);

    await expect(call("a")).rejects.toThrow(code);
    expect(taken).toEqual(["preferred"]);
  });

  it("is what a peer of the original's make gets over the wire", async () => {
    const currency = await bothEnds("currency", { convert: ({ from }) => from ?? {} });
    const convertAll = withFallback(
      async (units: string[]) => (await currency.convertMany({ from: units.map((units) => ({ units })) })).amounts,
      (units) => Promise.all(units.map((units) => currency.convert({ from: { units } }))),
    );

    expect((await convertAll(["1", "2"])).map(({ units }) => units)).toEqual(["1", "2"]);
  });
});

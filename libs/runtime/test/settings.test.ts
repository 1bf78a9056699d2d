import { describe, expect, it } from "vitest";
import {
  describe as describeSettings,
  duration,
  flag,
  milliseconds,
  oneOf,
  port,
  readSettings,
  text,
} from "../src/settings.ts";

const schema = {
  PORT: { ...port(7070, "The port."), alias: "ASPNETCORE_HTTP_PORTS" },
  TIMEOUT_MS: milliseconds(1_000, "The time."),
  NAME: text("", "The name."),
  SHARED: flag(false, "Whether shared."),
  LEVEL: oneOf(["debug", "info"], "info", "The level."),
  EXTRA_LATENCY: duration(0, "The delay."),
};

const defaults = { PORT: 7070, TIMEOUT_MS: 1_000, NAME: "", SHARED: false, LEVEL: "info", EXTRA_LATENCY: 0 };

describe("settings", () => {
  it.each([
    ["nothing is said", {}],
    ["nothing is said in words (original: a random port)", { PORT: "", ASPNETCORE_HTTP_PORTS: " ", NAME: "  " }],
    ["other things are said", { HOME: "/root", port: "1" }],
  ])("are their defaults when %s", (_, source) => {
    expect(readSettings(schema, source)).toEqual(defaults);
  });

  it("are what is said", () => {
    const source = {
      PORT: "0",
      TIMEOUT_MS: "25",
      NAME: " Ada ",
      SHARED: "true",
      LEVEL: "DEBUG",
      EXTRA_LATENCY: "5.5s",
    };

    expect(readSettings(schema, source)).toEqual({
      PORT: 0,
      TIMEOUT_MS: 25,
      NAME: "Ada",
      SHARED: true,
      LEVEL: "debug",
      EXTRA_LATENCY: 5_500,
    });
  });

  it("are known by the original's name too, which yields to their own", () => {
    expect(readSettings(schema, { ASPNETCORE_HTTP_PORTS: "8081" }).PORT).toBe(8081);
    expect(readSettings(schema, { ASPNETCORE_HTTP_PORTS: "8081", PORT: "9090" }).PORT).toBe(9090);
    expect(readSettings(schema, { ASPNETCORE_HTTP_PORTS: "8081", PORT: "" }).PORT).toBe(8081);
  });

  it("that are wrong are named all together, by the name that was used (original: one at a time, or none)", () => {
    const source = { ASPNETCORE_HTTP_PORTS: "high", TIMEOUT_MS: "0", NAME: "Ada", SHARED: "perhaps", LEVEL: "loud" };

    expect(() => readSettings(schema, source)).toThrow(
      new Error(
        [
          "ASPNETCORE_HTTP_PORTS=high is not a port (0 to 65535)",
          "TIMEOUT_MS=0 is not a number of milliseconds above 0",
          "SHARED=perhaps is not true or false",
          "LEVEL=loud is not one of debug, info",
        ].join("; "),
      ),
    );
  });

  it("that are wrong and may hold a password are not shown", () => {
    const key = { ...oneOf(["a", "b"], "a", "The key."), secret: (text: string) => text.includes("@") };

    expect(() => readSettings({ KEY: key }, { KEY: "me:s3cret@host" })).toThrow(
      new Error("KEY (not shown) is not one of a, b"),
    );
    expect(() => readSettings({ KEY: key }, { KEY: "c" })).toThrow(new Error("KEY=c is not one of a, b"));
  });

  it("describe themselves: name, default, meaning", () => {
    expect(describeSettings(schema)).toContain("  PORT (7070)\n      The port.\n");
    expect(describeSettings(schema)).toContain("  NAME\n      The name.\n");
  });
});

describe("a kind of setting", () => {
  it.each([
    ["a port", port(1, ""), { "0": 0, "80": 80, "65535": 65_535 }],
    ["a number of milliseconds", milliseconds(1, ""), { "1": 1, "60000": 60_000 }],
    ["true or false", flag(false, ""), { true: true, "1": true, TRUE: true, false: false, "0": false, False: false }],
    ["one of some words", oneOf(["gcp", "aws"], "gcp", ""), { gcp: "gcp", AWS: "aws" }],
    [
      "a duration as Go writes it",
      duration(0, ""),
      {
        "0": 0,
        "300ms": 300,
        "5.5s": 5_500,
        "1m30s": 90_000,
        "2h": 7_200_000,
        "1500us": 1.5,
        "1µs": 0.001,
        "1ns": 1e-6,
      },
    ],
  ])("reads %s", (_, kind, readings) => {
    for (const [text, value] of Object.entries(readings)) expect(kind.parse(text)).toBe(value);
  });

  it.each([
    ["a port", port(1, ""), ["65536", "-1", "80.5", "0x50", "http", "100000", "1e3"]],
    ["a number of milliseconds", milliseconds(1, ""), ["0", "-5", "1.5", "1s", "9999999999"]],
    ["true or false", flag(false, ""), ["yes", "2", "on"]],
    ["one of some words", oneOf(["gcp"], "gcp", ""), ["azure", "gc"]],
    ["a duration as Go writes it", duration(0, ""), ["5", "5.5", "-1s", "1 s", "s", "1d", "5s later", ".5s."]],
  ])("refuses what is not %s", (_, kind, texts) => {
    for (const text of texts) expect([text, kind.parse(text)]).toEqual([text, undefined]);
  });
});

import { expect, it } from "vitest";
import { run } from "./command.ts";

// What none of these commands can make sense of is said in one line, before anything is done.
it.each([
  [["images.ts", "--canary", "v9"], "--canary v9: there are v2, v3, v-error"],
  [["images.ts", "--push"], "--push needs --registry"],
  [["images.ts", "--registry", "https://shop.example/"], "without https://"],
  [["images.ts", "--platform", "linux/amd64,linux/arm64"], "needs --push"],
  [["k8s-url.ts", "--timeout", "soon"], "--timeout soon is not a number of seconds"],
  [["k8s-url.ts", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["audit.ts", "--level", "grave"], "--level grave is none of low, moderate, high, critical"],
  [["chaos.ts", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["chaos.ts", "--minutes", "long"], "--minutes long is no number"],
  [["test.ts", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["test.ts", "--only", "nothing"], 'no step "nothing"'],
])("%j is answered with one clear line", async ([script = "", ...args], words) => {
  const command = run(["node", "scripts/run.mjs", `scripts/${script}`, ...args]);
  const { code } = await command.ended();

  expect(command.stderr()).toContain(words);
  expect(command.stderr().trim().split("\n")).toHaveLength(1);
  expect(code).toBeGreaterThan(0);
});

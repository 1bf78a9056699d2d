import { defineConfig } from "vitest/config";

// Each file runs a whole shop of its own: one after another, with time to start.
export default defineConfig({
  test: { fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } },
});

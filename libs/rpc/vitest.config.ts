import { defineConfig } from "vitest/config";

/** What a call is like has one set of tests, for calls over the wire and for those in memory. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      { extends: true, test: { name: "wire" } },
      {
        extends: true,
        test: {
          name: "memory",
          include: ["test/{call,deadline,fallback}.test.ts"],
          env: { TRANSPORT: "memory" },
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

/** What a call is like has one set of tests, for calls over the wire and for those in memory. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "wire" } },
      {
        test: {
          name: "memory",
          include: ["test/{call,deadline,fallback}.test.ts"],
          env: { TRANSPORT: "memory" },
        },
      },
    ],
  },
});

import { registerHooks } from "node:module";

// Preloaded, it takes the metrics and the business events out of a service, so that what they cost can be measured: the
// library that makes them is replaced by one that makes nothing.
const replaced = [
  "libs/telemetry/src/business.ts",
  "libs/telemetry/src/metrics.ts",
  "libs/runtime/src/observe.ts",
  "libs/runtime/src/requests.ts",
];
const nothing = new URL("nothing.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const isReplaced = replaced.some((path) => resolved.url.endsWith(path));
    return isReplaced ? { ...resolved, url: nothing } : resolved;
  },
});

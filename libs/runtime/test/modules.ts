import { registerHooks } from "node:module";

// Preloaded by a process that is to say what it loads: the test asks by a message, and gets the URLs.

const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on("message", () => process.send?.(loaded));

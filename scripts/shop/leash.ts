// Preloaded into every service: the shop holds the other end of its stdin, so that a shop that is killed without a word
// leaves no service behind.
process.stdin
  .on("close", () => process.exit(1))
  .resume()
  .unref();

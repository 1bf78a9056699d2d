import { work } from "./worker.ts";

// A worker of the machine that its collector is on. Its parent holds the other end of its stdin, so that one that is
// killed without a word leaves no load behind.
process.stdin
  .on("close", () => process.exit(1))
  .resume()
  .unref();

const end = new AbortController();
process.once("SIGTERM", () => end.abort());
const [port, name = String(process.pid)] = process.argv.slice(2);

try {
  const token = process.env.LOADGEN_TOKEN;
  await work({ host: "127.0.0.1", port: Number(port), name, token, stay: false, signal: end.signal });
} catch (error) {
  process.stderr.write(`worker ${name}: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

import { work } from "../../src/crew/worker.ts";
import { standIn } from "./stand-in.ts";

// A worker process whose engine is a stand-in: its arguments are the collector's port and its own name.
const [port, name = ""] = process.argv.slice(2);
process.stdin.on("close", () => process.exit(1)).resume();
await work({ host: "127.0.0.1", port: Number(port), name, run: standIn });

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Who listens on a port, as "node server.js (pid 123)"; undefined when it cannot be known, such as another user's. */
export function holderOf(port: number): string | undefined {
  const pid = quietly(() => (process.platform === "linux" ? pidFromProc(port) : pidFromLsof(port)));
  if (!pid) return undefined;
  const command = quietly(() =>
    process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-o", "command=", "-p", pid], { encoding: "utf8" }),
  );
  const words =
    command
      ?.trim()
      .replace(/^\S*\//, "")
      .replace(/\p{Cc}/gu, " ")
      .replace(/ --\S+/g, "") ?? "";
  return `${words.length > 100 ? `${words.slice(0, 99)}…` : words || "a process"} (pid ${pid})`;
}

/** The listening sockets of the machine are in a table; who has a socket is seen in the links of its open files. */
function pidFromProc(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((table) => (quietly(() => readFileSync(table, "utf8")) ?? "").split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === "0A")
    .map((columns) => `socket:[${columns[9]}]`);
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.find((pid) =>
    (quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? []).some((file) =>
      sockets.includes(quietly(() => readlinkSync(`/proc/${pid}/fd/${file}`)) ?? ""),
    ),
  );
}

const pidFromLsof = (port: number) =>
  execFileSync("lsof", ["-nP", "-t", `-iTCP:${port}`, "-sTCP:LISTEN"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).split("\n")[0];

/** What may be forbidden, or gone in the meantime. */
function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

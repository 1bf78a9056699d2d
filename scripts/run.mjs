// What stands behind `npm start` and its like: sees that the dependencies are there, then runs a TypeScript file with the
// pinned Node. It runs on the Node that the machine happens to have (18 or newer), before anything is installed, and its
// time is part of every start: plain JavaScript, nothing imported that is not needed.
import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const modules = join(root, "node_modules");

const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** Whether npm's own record of what it installed has all that the lock file asks for on this platform. */
function installed() {
  const record = read(join(modules, ".package-lock.json"));
  if (!record) return false;
  const present = JSON.parse(record).packages;
  const wanted = JSON.parse(read(join(root, "package-lock.json"))).packages;
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional }]) =>
      path === "" ||
      (optional && !present[path]) ||
      (present[path]?.version === version && present[path]?.integrity === integrity),
  );
}

/** Runs a program; signals go on to it. Resolves to its exit code. */
const run = (command, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options });
    const forward = (signal) => child.kill(signal);
    // npm may be killed, or the shell between npm and us die of a signal that was meant for us: then we are somebody
    // else's child, and stop as well. Without npm we may well be meant to outlive a shell.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
      clearInterval(watch);
      forward("SIGTERM");
    }, 500);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => options.output.push(chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearInterval(watch);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(name, forward);
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });

async function install() {
  console.error("Installing dependencies (a first start takes a little longer)…");
  const output = [];
  // npm says where it is to what it starts; its own development settings (NODE_ENV=production) must not thin out ours.
  const args = ["ci", "--include=dev", "--include=optional"];
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith("js") ? [process.execPath, [npm]] : ["npm", []];
  const options = { output, stdio: ["ignore", "pipe", "pipe"], shell: windows && command === "npm" };
  const code = await run(command, [...first, ...args], options);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  console.error(`npm ci failed with ${code}: see above. Nothing was started.`);
  process.exit(1);
}

/** Two starts at once would install over one another: the second waits for the first. */
async function installOnce() {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const lock = join(root, ".cache", "installing");
  while (!installed()) {
    try {
      const file = openSync(lock, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!alive(Number(read(lock)))) rmSync(lock, { force: true });
      await sleep(200);
      continue;
    }
    process.once("exit", () => rmSync(lock, { force: true }));
    await install();
    return rmSync(lock, { force: true });
  }
}

function alive(pid) {
  if (!pid) return true; // created, but not written yet
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function pinnedNode() {
  const pinned = join(modules, "node", "bin", windows ? "node.exe" : "node");
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(
    `The pinned Node is missing (are npm's install scripts disabled?) and Node ${process.versions.node} is too old: ` +
      "run `npm rebuild node --ignore-scripts=false`, or use Node 22.18 or newer.",
  );
  process.exit(1);
}

if (!installed()) await installOnce();

const node = pinnedNode();
process.env.NODE_COMPILE_CACHE ??= join(modules, ".cache", "node");
process.env.PATH = [dirname(node), process.env.PATH].join(delimiter);
// The channel carries nothing: that it breaks tells the script that this process was killed.
process.exitCode = await run(node, process.argv.slice(2), { stdio: ["inherit", "inherit", "inherit", "ipc"] });

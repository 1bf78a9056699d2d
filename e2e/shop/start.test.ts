import { once } from "node:events";
import { utimesSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { freeRange, isAlive, pidsIn, run, shop } from "./command.ts";

const two = ["--only", "shipping,adservice"];

describe("npm start", () => {
  it("says what runs where, and drains and ends with 0 at SIGTERM", async () => {
    const port = await freeRange();
    const command = run(["npm", "start", "--", "--port", String(port), ...two]);
    await command.until(/Ctrl-C stops it/);
    const pids = pidsIn(command.stdout());

    command.child.kill("SIGTERM");
    const { code } = await command.ended();

    expect([...pids.keys()]).toEqual(["shippingservice", "adservice"]);
    expect(command.stdout()).toContain(`127.0.0.1:${port + 7}   127.0.0.1:${port + 17}`);
    expect(command.stdout()).toMatch(/memory in sum: \d+ MiB/);
    expect(code).toBe(0);
    expect([...pids.values()].filter(isAlive)).toEqual([]);
  });

  it("takes Ctrl-C, which reaches everyone of the terminal several times, as one wish", async () => {
    const command = run(["npm", "start", "--", "--port", String(await freeRange()), ...two, "--json"]);
    await command.until(/Ctrl-C stops it/);
    const pids = pidsIn(command.stderr());

    process.kill(-(command.child.pid ?? 0), "SIGINT");
    const { code } = await command.ended();

    expect(code).toBe(0);
    expect(command.stdout().match(/"message":"stopped"/g)).toHaveLength(2);
    expect([...pids.values()].filter(isAlive)).toEqual([]);
  });

  it.each([
    ["the shop", ["node"]],
    ["what runs the shop", ["node", "scripts/run.mjs"]],
  ])("leaves no service when %s is killed without a word", async (_, start) => {
    const command = run([...start, "scripts/shop.ts", "--port", String(await freeRange()), ...two]);
    await command.until(/Ctrl-C stops it/);
    const pids = [...pidsIn(command.stdout()).values()];
    expect(pids.map(isAlive)).toEqual([true, true]);

    command.child.kill("SIGKILL");

    await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });

  it("names a taken port, who has it and the way out, and starts nothing", async () => {
    const port = await freeRange();
    const holder = createServer().listen(port + 17, "127.0.0.1");
    await once(holder, "listening");
    const command = run(shop(port, ...two));

    const { code } = await command.ended();
    holder.close();

    expect(code).toBe(1);
    expect(command.stdout()).toBe("");
    expect(command.stderr()).toMatch(/^Port \d+ is taken by .*: npm start -- --port \d+\n$/);
    expect(command.stderr()).toContain(`Port ${port + 17} is taken`);
    if (process.platform === "linux") expect(command.stderr()).toContain(`(pid ${process.pid})`);
  });

  it("passes the lines on as they are with --json, and says its own words beside them", async () => {
    const command = run(shop(await freeRange(), "--only", "shipping", "--json"));
    await command.until(/Ctrl-C stops it/);
    command.child.kill("SIGTERM");
    await command.ended();

    const lines = command.stdout().trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ service: "shippingservice", message: "health", status: "SERVING" }),
    );
    expect(command.stderr()).toContain("shippingservice");
  });

  it("begins a service again that died, and leaves the others alone", async () => {
    const command = run(shop(await freeRange(), ...two));
    await command.until(/Ctrl-C stops it/);
    const pids = pidsIn(command.stdout());

    process.kill(pids.get("shippingservice") ?? 0, "SIGKILL");

    await command.until(/shippingservice {2}was ended by SIGKILL: starting it again in 0\.2 s/);
    await command.until(/shippingservice {2}serves again/);
    expect(command.stdout()).not.toMatch(/adservice {2,}(was ended|serves again)/);
    expect(isAlive(pids.get("adservice") ?? 0)).toBe(true);
  });

  it("shows the line of a service that cannot start, and gives up", async () => {
    const command = run(shop(await freeRange(), "--only", "shipping"), { LOG_LEVEL: "silly" });

    const { code } = await command.ended();

    expect(code).toBe(1);
    expect(command.stdout()).toContain("fatal cannot start: LOG_LEVEL=silly is not one of debug, info");
    expect(command.stdout()).toContain("shippingservice cannot start: stopping everything");
  });

  it("refuses what it does not know with one line", async () => {
    const command = run(shop(8080, "--frobnicate"));

    expect(await command.ended()).toMatchObject({ code: 1 });
    expect(command.stderr()).toBe("there is no option --frobnicate. All options: npm start -- --help\n");
  });

  it("explains itself", async () => {
    const command = run(["npm", "start", "--", "--help"]);

    expect(await command.ended()).toMatchObject({ code: 0 });
    for (const option of ["--port", "--redis", "--without", "--only", "--verbose", "--json"]) {
      expect(command.stdout()).toContain(option);
    }
  });
});

describe("npm run dev", () => {
  it("restarts a service alone when a file of its own changes, and all for one of a library", async () => {
    const command = run(shop(await freeRange(), ...two, "--watch"));
    await command.until(/Ctrl-C stops it/);
    const touch = (path: string) => utimesSync(new URL(`../../${path}`, import.meta.url), new Date(), new Date());

    touch("services/shipping/src/quote.ts");
    await command.until(/shippingservice {2}serves again/);
    expect(command.stdout()).toContain("services/shipping/src/quote.ts changed: restarting shippingservice\n");

    touch("libs/money/src/money.ts");
    await command.until(/libs\/money\/src\/money.ts changed: restarting shippingservice, adservice\n/);
    await command.until(/adservice {2,}serves again/);
  });
});

import { names, roster } from "@boutique/contract/roster";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storing } from "../artefacts/call-graph.ts";
import { run } from "../shop/command.ts";
import { type ComposedShop, composedShop, docker } from "./composed-shop.ts";

const workloads = names.map((name) => roster[name].workload as string);
const all = [...workloads, "redis-cart"];

describe("docker compose up", () => {
  let shop: ComposedShop;
  beforeAll(async () => {
    shop = await composedShop();
  }, 120_000);
  afterAll(() => shop?.remove(), 60_000);

  it("has sold within 20 seconds", () => {
    console.log(`a paid order after ${shop.soldAfter.toFixed(1)} s`);
    expect(shop.soldAfter).toBeLessThan(20);
  });

  it("sells, as npm run smoke finds", async () => {
    const smoke = run(["node", "scripts/run.mjs", "scripts/smoke.ts", shop.url, "--json"]);

    expect((await smoke.ended()).code, smoke.stdout() + smoke.stderr()).toBe(0);
    expect(JSON.parse(smoke.stdout())).toMatchObject({ ok: true, total: expect.stringMatching(/^€/) });
  });

  it("does not run the base", async () => {
    const services = (await shop.compose("ps", "--all", "--services")).split("\n");

    expect(services.sort()).toEqual([...all].sort());
  });

  it("publishes one port, on this machine alone", async () => {
    const containers = await Promise.all(all.map(shop.inspect));
    const published = containers.flatMap(({ NetworkSettings }) => Object.values(NetworkSettings.Ports)).flat();

    expect(published.filter(Boolean)).toEqual([{ HostIp: "127.0.0.1", HostPort: new URL(shop.url).port }]);
  });

  it.each(all)("gives %s no rights, and bounds", async (service) => {
    const { Id, HostConfig } = await shop.inspect(service);
    // What the kernel says of its first process, seen by a container beside it.
    const beside = ["run", "--rm", "--network", "none", "--pid", `container:${Id}`, "--entrypoint", "node", shop.node];
    const status = await docker(...beside, "-p", 'fs.readFileSync("/proc/1/status", "utf8")');
    const said = (field: string) => new RegExp(`^${field}:\\s+(\\S+)`, "m").exec(status)?.[1];

    expect(["CapEff", "CapPrm", "CapBnd", "CapAmb"].map(said)).toEqual(Array(4).fill("0000000000000000"));
    expect(said("NoNewPrivs")).toBe("1");
    expect(said("Uid")).toBe(service === "redis-cart" ? "999" : "1000");
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, RestartPolicy: { Name: "unless-stopped" } });
    expect(HostConfig.Memory).toBe((service === "redis-cart" ? 384 : 160) * 1024 * 1024);
    expect(HostConfig.PidsLimit).toBe(64);
  });

  it.each(workloads)("lets %s write nowhere", async (service) => {
    const write = (folder: string) =>
      `try { fs.writeFileSync("${folder}/written", ""); console.log("wrote in ${folder}") } catch ({ code }) { console.log(code) }`;
    const script = ["/tmp", "/app", "/home", "."].map(write).join(";");
    const answers = await shop.compose("exec", "--no-TTY", "--user", "0", service, "node", "-e", script);

    expect(answers.split("\n")).toEqual(Array(4).fill("EROFS"));
  });

  it("lets nobody reach Redis but those who keep something there", async () => {
    const ask = (from: string) => {
      const script = `net.connect(6379, "redis-cart").on("connect", () => { console.log("reached"); process.exit() }).on("error", ({ code }) => console.log(code))`;
      return shop.compose("exec", "--no-TTY", from, "node", "-e", script);
    };

    for (const name of storing) expect(await ask(roster[name].workload)).toBe("reached");
    expect(await ask("frontend")).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it("stops everyone in order, with exit code 0", async () => {
    await shop.compose("stop");
    const containers = await Promise.all(all.map(async (service) => [service, (await shop.inspect(service)).State]));

    const orderly = expect.objectContaining({ Status: "exited", ExitCode: 0, OOMKilled: false });
    expect(Object.fromEntries(containers)).toEqual(Object.fromEntries(all.map((service) => [service, orderly])));

    const ended = async (service: string) => Date.parse((await shop.inspect(service)).State.FinishedAt);
    expect(await ended("frontend"), "before those it calls").toBeLessThan(await ended("checkoutservice"));
    expect(await ended("checkoutservice"), "before those it calls").toBeLessThan(await ended("paymentservice"));
    expect(await ended("cartservice"), "before its store").toBeLessThan(await ended("redis-cart"));
  });

  it("leaves nothing behind after down", async () => {
    await shop.compose("down", "--volumes");
    const filter = ["--quiet", "--filter", `label=com.docker.compose.project=${shop.project}`];

    expect(await docker("ps", "--all", ...filter)).toBe("");
    expect(await docker("network", "ls", ...filter)).toBe("");
    expect(await docker("volume", "ls", ...filter)).toBe("");
  });
});

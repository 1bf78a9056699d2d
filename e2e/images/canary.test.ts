import { roster } from "@boutique/contract/roster";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { canaries } from "../../scripts/images/workloads.ts";
import { ask, docker, eventually, imageOf, inspectImage, run, version } from "./container.ts";

const network = `boutique-canary-${process.pid}`;

// What a product's page needs, and the storefront in front of it.
beforeAll(() => {
  ask("network", "create", network);
  const needed = (["catalog", "currency", "cart"] as const).map((name) => roster[name].workload);
  const containers = needed.map((workload) =>
    ask("run", "--detach", `--network=${network}`, `--network-alias=${workload}`, imageOf(workload)),
  );
  return () => {
    docker("rm", "--force", ...containers);
    docker("network", "rm", network);
  };
});

/** A variant of the storefront, where the test can ask for its pages. */
async function storefront(tag: string = version, ...options: string[]) {
  const container = run(imageOf("frontend", tag), `--network=${network}`, "--publish=127.0.0.1::8080", ...options);
  onTestFinished(() => void docker("network", "disconnect", "--force", network, container.id));
  const { HostPort } = container.inspect().NetworkSettings.Ports["8080/tcp"][0];
  const get = async (path: string) => {
    const since = performance.now();
    const response = await fetch(`http://127.0.0.1:${HostPort}${path}`);
    return { status: response.status, text: await response.text(), milliseconds: performance.now() - since };
  };
  await eventually(
    () => get("/_healthz").catch((error: Error) => ({ status: 0, text: error.message, milliseconds: 0 })),
    ({ status }) => status === 200,
  );
  return get;
}

const titleOf = (page: string) => page.match(/<title>(.*?)<\/title>/s)?.[1];

describe("a variant of the storefront", () => {
  it("is made by build arguments alone", () => {
    for (const [canary, args] of Object.entries(canaries)) {
      const image = inspectImage(imageOf("frontend", `${version}-${canary}`));
      for (const [name, value] of Object.entries(args)) expect(image.Config.Env).toContain(`${name}=${value}`);
    }
  });

  it("is none where nothing is said", async () => {
    const get = await storefront();

    expect((await get("/v2.txt")).status).toBe(404);
    expect((await get("/product/OLJCESPC7Z")).status).toBe(200);
  });

  it("v2 has another title, and its own page", async () => {
    const [plain, get] = [await storefront(), await storefront(`${version}-v2`)];

    const { status, text } = await get("/v2.txt");
    expect([status, text.trim()]).toEqual([200, expect.stringContaining("v2")]);
    expect(titleOf((await get("/product/OLJCESPC7Z")).text)).not.toBe(
      titleOf((await plain("/product/OLJCESPC7Z")).text),
    );
  });

  it("v3 is three seconds late, but for its health", async () => {
    const get = await storefront(`${version}-v3`);

    const page = await get("/v3.txt");
    expect([page.status, page.text.trim()]).toEqual([200, expect.stringContaining("v3")]);
    expect(page.milliseconds).toBeGreaterThan(2_990);
    expect((await get("/product/OLJCESPC7Z")).milliseconds).toBeGreaterThan(2_990);
    expect((await get("/_healthz")).milliseconds).toBeLessThan(2_990);
  });

  it("v-error fails at half of the product pages, and at nothing else", async () => {
    const get = await storefront(`${version}-v-error`, "--env=FAULT_SEED=1");

    const pages: number[] = [];
    for (let count = 0; count < 40; count++) pages.push((await get("/product/OLJCESPC7Z")).status);
    expect(new Set(pages)).toEqual(new Set([200, 500]));
    const failed = pages.filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
    expect((await get("/v-error.txt")).status).toBe(200);
  });
});

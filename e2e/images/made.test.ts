import { names, roster } from "@boutique/contract/roster";
import { describe, expect, it } from "vitest";
import { edition } from "../../scripts/images/plan.ts";
import { ask, imageOf, inspectImage, sealed, version } from "./container.ts";

const services = names.map((name) => roster[name].workload);
const MEGABYTE = 1e6;

describe.each([...services, "loadgenerator"])("the image of %s", (workload) => {
  const image = inspectImage(imageOf(workload));
  const base = inspectImage(imageOf("base", "latest"));

  it("says what it is", () => {
    expect(image.Config.Labels).toMatchObject({
      "org.opencontainers.image.title": workload,
      "org.opencontainers.image.version": version,
      "org.opencontainers.image.revision": expect.stringMatching(/^([0-9a-f]{7,}(-dirty)?|unknown)$/),
      "org.opencontainers.image.licenses": "Apache-2.0",
      "org.opencontainers.image.source": edition().source,
    });
    expect(image.Config.Env).toContain(`APP_VERSION=${version}`);
  });

  it("runs as a number, with node as its first process", () => {
    expect(image.Config.User).toBe("1000:1000");
    expect(image.Config.Entrypoint[0]).toBe("node");
    expect(image.Config.StopSignal ?? "SIGTERM").toBe("SIGTERM");
  });

  it("adds less than 5 MB of its own to the shared base", () => {
    expect(image.RootFS.Layers.slice(0, base.RootFS.Layers.length)).toEqual(base.RootFS.Layers);
    expect(image.Size - base.Size).toBeLessThan(5 * MEGABYTE);
  });

  it("has nothing that only development needs, and no packages of others", () => {
    const script = `
      const { globSync } = require("node:fs");
      console.log(JSON.stringify(globSync([
        "/app/{libs,services}/*/test", "/app/loadgen/test", "/app/{e2e,bench,scripts}", "/usr/local/lib/node_modules",
        "/app/node_modules/{pino,typescript,vitest,playwright-core,turbo,fast-check,node,@biomejs,undici,d3-*}",
        "/app/node_modules/**/*.{map,d.ts}", "/app/{libs,services}/*/node_modules",
      ])))`;
    const found = ask("run", "--rm", ...sealed, "--entrypoint=node", imageOf(workload), "-e", script);
    // The one that all have says that the rest would be found.
    expect(JSON.parse(found)).toEqual(["/app/node_modules/pino"]);
  });
});

it("all of them together take less than 450 MB", () => {
  const { Size: base } = inspectImage(imageOf("base", "latest"));
  const own = services.map((workload) => inspectImage(imageOf(workload)).Size - base);

  expect(own.reduce((sum, size) => sum + size, base)).toBeLessThan(450 * MEGABYTE);
});

it("is not for the shop's user to change", () => {
  const script = `
    const { accessSync, constants, globSync, statSync } = require("node:fs");
    const owned = globSync("/app/{*,libs/*/src/*,services/*/src/*,node_modules/*}").filter((path) => statSync(path).uid !== 0);
    console.log(JSON.stringify(owned))`;
  const found = ask("run", "--rm", ...sealed, "--entrypoint=node", imageOf("cartservice"), "-e", script);

  expect(JSON.parse(found)).toEqual([]);
});

it("passes on the licences of what it contains", () => {
  const script = `
    const { globSync } = require("node:fs");
    const licences = globSync("/app/node_modules/{ms,qs,express,@grpc/grpc-js}/{[Ll]icen[cs]e,LICEN[CS]E}*");
    console.log(JSON.stringify(licences.map((path) => path.split("node_modules/")[1].replace(/\\/[^/]*$/, "")).sort()))`;
  const found = ask("run", "--rm", ...sealed, "--entrypoint=node", imageOf("frontend"), "-e", script);

  expect(JSON.parse(found)).toEqual(["@grpc/grpc-js", "express", "ms", "qs"]);
});

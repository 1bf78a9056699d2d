import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { frontendGrpcPort, metricsPort, names, roster } from "@boutique/contract/roster";
import { describe, expect, it } from "vitest";
import { readOptions } from "../../scripts/images/options.ts";
import { edition, imagesFor, pageOf } from "../../scripts/images/plan.ts";
import { canaries, workloads } from "../../scripts/images/workloads.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, "utf8");

/** The arguments that a line of a Dockerfile gives in exec form. */
const execForm = (file: string, instruction: string): string[][] =>
  Array.from(read(file).matchAll(new RegExp(`^ *${instruction} (\\[.*\\])$`, "gm")), ([, list = "[]"]) =>
    JSON.parse(list),
  );

const flagsOf = (command: readonly string[] = []) => command.filter((word) => /^--(single|max)-/.test(word));

describe("Dockerfile.base", () => {
  const text = read("Dockerfile.base");

  it("pins Node by its digest, once, and nobody else names an image", () => {
    const files = globSync(["Dockerfile.base", "services/*/Dockerfile", "loadgen/Dockerfile"], { cwd: root });
    const digests = files.flatMap((file) => read(file).match(/@sha256:[0-9a-f]{64}$/gm) ?? []);
    const from = files.flatMap((file) => Array.from(read(file).matchAll(/^FROM (\S+)/gm), ([, image]) => image));

    expect(digests).toHaveLength(1);
    expect(new Set(from)).toEqual(new Set([`\${NODE_IMAGE}`, `\${BASE}`, `\${BUILD}`]));
  });

  it("installs the dependencies of every service", () => {
    const installed = Array.from(text.matchAll(/--workspace services\/(\w+)/g), ([, name]) => name);
    expect(installed.sort()).toEqual([...names].sort());
  });

  it("knows every workspace before it installs", () => {
    const { workspaces } = JSON.parse(read("package.json"));
    for (const folder of globSync(workspaces, { cwd: root }).filter((folder) => !folder.endsWith(".turbo")))
      expect(text).toContain(`COPY ${folder}/package.json ${folder}/\n`);
  });

  it("gives V8 the flags that npm start gives it, for all that runs", () => {
    const [, line = ""] = read("scripts/shop/plan.ts").match(/^const small = (\[.*\]);$/m) ?? [];
    const flags = JSON.parse(line);
    const [entry] = execForm("Dockerfile.base", "ENTRYPOINT");

    expect(flagsOf(entry)).toEqual(flags);
    expect(execForm("Dockerfile.base", "RUN").map(flagsOf)).toEqual([flags]);
    expect(execForm("Dockerfile.base", "CMD").slice(-1).map(flagsOf)).toEqual([flags]);
    for (const name of names) expect(execForm(`services/${name}/Dockerfile`, "RUN").map(flagsOf)).toEqual([flags]);
  });

  it("can take all packages of services from one place", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, { dev?: boolean }> };
    const nested = Object.keys(packages).filter((path) =>
      /^(libs|services)\/(?!testkit)[\w/]+node_modules\//.test(path),
    );

    expect(nested.filter((path) => !packages[path]?.dev)).toEqual([]);
  });
});

describe("the Dockerfile of", () => {
  it.each(names)("%s copies it, and says where it listens", (name) => {
    const text = read(`services/${name}/Dockerfile`);
    const ports = [roster[name].port, ...(name === "frontend" ? [frontendGrpcPort] : []), metricsPort];

    expect(text).toContain(`WORKDIR /app/services/${name}\nCOPY services/${name} ./\n`);
    expect(text).toContain(`EXPOSE ${ports.join(" ")}\n`);
    expect(text).toContain(`org.opencontainers.image.title="${roster[name].workload}"`);
  });

  it.each(workloads.map(({ dockerfile }) => dockerfile))("%s says last what changes with each commit", (dockerfile) => {
    const instructions = read(dockerfile).match(/^[A-Z]+/gm) ?? [];
    expect(instructions.slice(-3)).toEqual(["ARG", "ENV", "LABEL"]);
  });

  it.each(["Dockerfile.base", ...workloads.map(({ dockerfile }) => dockerfile)])(
    "%s needs no BuildKit",
    (dockerfile) => {
      expect(read(dockerfile)).not.toMatch(/--mount|--chmod|--link|<<|^# *syntax|TARGETARCH|amd64|arm64|x64/m);
    },
  );
});

describe("docker-bake.hcl", () => {
  const text = read("docker-bake.hcl");

  it("builds all that have an image", () => {
    const listed = Array.from(text.matchAll(/\{ folder = "(\w+)", workload = "(\w+)" \}/g), ([, folder, workload]) => ({
      folder,
      workload,
    }));
    expect(listed).toEqual(names.map((folder) => ({ folder, workload: roster[folder].workload })));
    expect(text).toMatch(/targets = \["service", "loadgenerator"\]/);
  });

  it("makes the variants that npm run images makes", () => {
    const field = (name: string) => `${name} = "([^"]*)"`;
    const line = new RegExp(`\\{ ${["name", "latency", "rate", "paths"].map(field).join(", ")} \\}`, "g");
    const listed = Array.from(text.matchAll(line), ([, name = "", latency, rate, paths]) => [
      name,
      {
        CANARY: name,
        ...(latency && { FAULT_LATENCY: latency }),
        ...(rate && { FAULT_ERROR_RATE: rate }),
        ...(paths && { FAULT_PATHS: paths }),
      },
    ]);
    expect(Object.fromEntries(listed)).toEqual(canaries);
  });
});

describe("npm run images", () => {
  const plan = (...args: string[]) => {
    const options = readOptions(args);
    if (!options) throw new Error("help was asked for");
    return imagesFor(options, { version: "1.2.3", revision: "abc1234", source: "https://host/shop" });
  };

  it("tags all with version and commit", () => {
    expect(plan().map(({ tags }) => tags)).toEqual(
      workloads.map(({ workload }) => [`boutique/${workload}:1.2.3`, `boutique/${workload}:abc1234`]),
    );
  });

  it("tags for a registry, and only what was asked for", () => {
    expect(
      plan("--push", "--registry", "host:5000/shop", "--only", "cart,frontend").flatMap(({ tags }) => tags),
    ).toEqual([
      "host:5000/shop/frontend:1.2.3",
      "host:5000/shop/frontend:abc1234",
      "host:5000/shop/cartservice:1.2.3",
      "host:5000/shop/cartservice:abc1234",
    ]);
  });

  it("builds a variant by build arguments only", () => {
    expect(plan("--only", "frontend", "--canary", "v3")).toMatchObject([
      { tags: ["boutique/frontend:1.2.3", "boutique/frontend:abc1234"] },
      { dockerfile: "services/frontend/Dockerfile", tags: ["boutique/frontend:1.2.3-v3"], args: canaries.v3 },
    ]);
  });

  it("labels them with where the code is: what was said, else the remote", () => {
    const sources = (...args: string[]) => new Set(plan(...args).map(({ args }) => args.SOURCE));

    expect(sources()).toEqual(new Set(["https://host/shop"]));
    expect(sources("--source", "https://fork/shop")).toEqual(new Set(["https://fork/shop"]));
  });

  it.each([
    ["https://host.org/team/shop.git", "https://host.org/team/shop"],
    ["https://somebody:secret@host.org/team/shop", "https://host.org/team/shop"],
    ["git@host.org:team/shop.git", "https://host.org/team/shop"],
    ["ssh://git@git.host.org:2222/team/shop.git", "https://git.host.org/team/shop"],
    ["/srv/shop", ""],
    ["../shop", ""],
    [undefined, ""],
  ])("knows the page of the remote %s, and tells no secret and no folder", (remote, page) => {
    expect(pageOf(remote)).toBe(page);
  });

  it("knows the version of the shop", () => {
    expect(edition().version).toBe(JSON.parse(read("package.json")).version);
  });

  it.each([
    [["--push"], "--push needs --registry"],
    [["--push", "--registry", "https://host"], "--registry https://host: a host and a path"],
    [["--canary", "v4"], "--canary v4: there are v2, v3, v-error"],
    [["--only", "shop"], "--only shop: there are frontend, cart"],
    [["--digests", "file"], "--digests needs --push"],
    [["--platform", "linux/amd64,linux/arm64"], "--platform linux/amd64,linux/arm64 needs --push"],
    [["cart"], '"cart" makes no sense here'],
    [["--fast"], "--fast"],
  ])("refuses %j", (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });
});

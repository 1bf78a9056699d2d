import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, DockerError, run, succeeds } from "./docker.ts";
import type { Options } from "./options.ts";
import { type Edition, foundation, type Image, imagesFor } from "./plan.ts";
import { root } from "./workloads.ts";

/** Builds what was asked for, and pushes it if that was asked too. */
export async function build(options: Options, edition: Edition): Promise<void> {
  if (succeeds("buildx", "version")) return bake(options, edition);
  if (options.platforms) throw new DockerError("--platform needs Docker's buildx: install the plugin docker-buildx");
  for (const image of foundation(options)) await buildBase(image, options);
  const images = imagesFor(options, edition);
  for (const image of images) await timed(image, () => buildOne(image, options));
  if (!options.push) return;
  for (const tag of images.flatMap(({ tags }) => tags)) {
    await run(["push", tag], options.verbose);
    console.log(`pushed ${tag}`);
  }
  const digestOf = ({ tags: [tag = ""] }: Image) => ask("image", "inspect", "--format", "{{json .RepoDigests}}", tag);
  save(options, images, (image) => {
    const known: readonly string[] = JSON.parse(digestOf(image));
    return known.find((digest) => digest.startsWith(`${nameOf(image)}@`))?.split("@")[1];
  });
}

/** All in one go; what a target is made of, docker-bake.hcl says. */
async function bake(options: Options, edition: Edition): Promise<void> {
  const images = imagesFor(options, edition);
  const env = {
    VERSION: edition.version,
    REVISION: edition.revision,
    SOURCE: options.source ?? edition.source,
    REGISTRY: options.registry ?? "boutique",
    PLATFORMS: options.platforms ?? "",
    NODE_IMAGE: options.nodeImage ?? pinnedNode(),
  };
  // What says how an image was made goes with it to a registry. Kept here, it would be an image of an unknown platform beside
  // it, over which `kind load` stumbles.
  const outcome = options.push ? ["--push"] : ["--load", "--provenance=false"];
  const folder = mkdtempSync(join(tmpdir(), "images-"));
  const metadata = join(folder, "metadata.json");
  const since = performance.now();
  try {
    const targets = [...(options.push ? [] : ["base", "build"]), ...images.map(({ name }) => name)];
    const files = ["--file", "docker-bake.hcl", "--metadata-file", metadata];
    await run(["buildx", "bake", ...files, ...outcome, ...targets], options.verbose, env);
    const said = JSON.parse(readFileSync(metadata, "utf8"));
    save(options, images, ({ name }) => said[name]?.["containerimage.digest"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const { tags } of images) console.log(`${options.push ? "pushed" : "built"} ${tags.join(" ")}`);
  console.log(`${seconds(since)} in all`);
}

/** Writes what was pushed, by digest, where that was asked for. */
function save({ digests }: Options, images: readonly Image[], digestOf: (image: Image) => string | undefined): void {
  if (digests === undefined) return;
  const lines = images.map((image) => {
    const digest = digestOf(image);
    if (!digest) throw new DockerError(`${image.name} was pushed, but Docker does not know by which digest`);
    return `${nameOf(image)}@${digest}\n`;
  });
  writeFileSync(digests, lines.join(""));
}

/** An image's name without its tag; a port may be in it. */
const nameOf = ({ tags: [tag = ""] }: Image) => tag.slice(0, tag.lastIndexOf(":"));

async function buildBase(image: Image, options: Options): Promise<void> {
  const node = image.args.NODE_IMAGE ?? pinnedNode();
  try {
    await timed(image, () => buildOne(image, options));
  } catch (error) {
    if (succeeds("image", "inspect", node)) throw error;
    throw new DockerError(`${node} is not here and cannot be pulled: name one that is with --node-image NAME`);
  }
}

/** The image of Node that Dockerfile.base pins. */
export function pinnedNode(): string {
  const [, image] = readFileSync(`${root}Dockerfile.base`, "utf8").match(/^ARG NODE_IMAGE=(\S+)$/m) ?? [];
  if (!image) throw new Error("Dockerfile.base has no line ARG NODE_IMAGE=IMAGE");
  return image;
}

const buildOne = ({ dockerfile, stage, tags, args }: Image, { verbose }: Options) =>
  run(
    [
      "build",
      ...["--file", dockerfile],
      ...(stage ? ["--target", stage] : []),
      ...tags.flatMap((tag) => ["--tag", tag]),
      ...Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
      ".",
    ],
    verbose,
    // Without buildx there is nobody else to build; Docker need not be asked, nor warn.
    { DOCKER_BUILDKIT: "0" },
  );

async function timed({ name, tags }: Image, work: () => Promise<void>): Promise<void> {
  const since = performance.now();
  await work();
  console.log(`${name.padEnd(22)} ${seconds(since).padStart(7)}  ${tags.join(" ")}`);
}

const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

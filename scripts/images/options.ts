import { parseArgs } from "node:util";
import { type Canary, canaries, type Workload, workloads } from "./workloads.ts";

/** What `npm run images` was asked to do. */
export interface Options {
  readonly chosen: readonly Workload[];
  /** Variants of the storefront, besides. */
  readonly canaries: readonly Canary[];
  /** Where images go; undefined when they stay here. */
  readonly registry: string | undefined;
  readonly push: boolean;
  /** The file for what was pushed, one name with its digest a line; undefined for none. */
  readonly digests: string | undefined;
  /** Other platforms than this machine's, such as "linux/amd64,linux/arm64". */
  readonly platforms: string | undefined;
  /** Another image of Node than the pinned one. */
  readonly nodeImage: string | undefined;
  /** Where the code is, for the images' labels; undefined for the remote that was cloned. */
  readonly source: string | undefined;
  readonly table: boolean;
  readonly verbose: boolean;
}

/** What `npm run images -- --help` prints. */
export const help = `Builds the images of the shop, one for each service and one for the load generator.

  npm run images                            all of them, tagged with the version and the commit
  npm run images -- --only frontend,cart    some: ${workloads.map(({ folder }) => folder).join(", ")}
  --canary v2,v3,v-error                    variants of the storefront besides, tagged VERSION-v2 and so on
  --push --registry REG                     tags them REG/frontend:VERSION and so on, and pushes them
  --digests FILE                            writes what was pushed, by digest, one a line (to sign, for one)
  --platform linux/amd64,linux/arm64        for several platforms; needs buildx, and --push
  --node-image NAME                         on another image of Node than the one that Dockerfile.base pins
  --source URL                              where the code is, for the images' labels (git's remote origin)
  --table                                   measures images that are there: sizes, start, memory (some minutes)
  --verbose                                 all that Docker says
  --help                                    this

With Docker's buildx they are built by it and docker-bake.hcl, else one after another.`;

/** Reads the command line; undefined when help was asked for. What makes no sense, it throws as one line. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: "string", multiple: true },
      canary: { type: "string", multiple: true },
      push: { type: "boolean", default: false },
      registry: { type: "string" },
      digests: { type: "string" },
      platform: { type: "string" },
      "node-image": { type: "string" },
      source: { type: "string" },
      table: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (positionals.length > 0) throw new Error(`"${positionals[0]}" makes no sense here: options begin with --`);
  if (values.help) return undefined;
  const { push, registry, digests, platform: platforms, source, table, verbose } = values;
  if (push && !registry)
    throw new Error("--push needs --registry, where the images are to go, such as a host and a name");
  if (registry !== undefined && !/^[\w.-]+(:\d+)?(\/[\w.-]+)*$/.test(registry))
    throw new Error(`--registry ${registry}: a host and a path, without https:// and without a slash at its end`);
  if (platforms?.includes(",") && !push)
    throw new Error(`--platform ${platforms} needs --push: Docker itself keeps images of one platform`);
  if (digests !== undefined && !push) throw new Error("--digests needs --push: a registry says them");
  return {
    chosen: chosenOf(values.only),
    canaries: wordsOf(values.canary).map(canaryOf),
    registry,
    push,
    digests,
    platforms,
    nodeImage: values["node-image"],
    source,
    table,
    verbose,
  };
}

const wordsOf = (values: readonly string[] = []) => values.flatMap((value) => value.split(/[\s,]+/)).filter(Boolean);

function chosenOf(values: readonly string[] | undefined): readonly Workload[] {
  if (!values) return workloads;
  const words = wordsOf(values);
  const meant = (word: string) => workloads.find(({ folder, workload }) => word === folder || word === workload);
  const unknown = words.filter((word) => !meant(word));
  if (unknown.length > 0 || words.length === 0)
    throw new Error(`--only ${unknown.join(",")}: there are ${workloads.map(({ folder }) => folder).join(", ")}`);
  return workloads.filter((known) => words.some((word) => meant(word) === known));
}

function canaryOf(word: string): Canary {
  if (word in canaries) return word as Canary;
  throw new Error(`--canary ${word}: there are ${Object.keys(canaries).join(", ")}`);
}

import { fileURLToPath } from "node:url";
import { names, roster } from "../../libs/contract/src/roster.ts";

/** The root of the repository, of which every image is built. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What has an image of its own. */
export interface Workload {
  /** What people call it on the command line. */
  readonly folder: string;
  readonly workload: string;
  readonly dockerfile: string;
}

/** All that have an image: the services and the load generator. */
export const workloads: readonly Workload[] = [
  ...names.map((folder) => ({
    folder,
    workload: roster[folder].workload,
    dockerfile: `services/${folder}/Dockerfile`,
  })),
  { folder: "loadgen", workload: "loadgenerator", dockerfile: "loadgen/Dockerfile" },
];

/** The storefront's other faces, and the build arguments that make them; a build takes none from elsewhere. */
export const canaries = {
  v2: { CANARY: "v2" },
  v3: { CANARY: "v3", FAULT_LATENCY: "3s" },
  "v-error": { CANARY: "v-error", FAULT_ERROR_RATE: "0.5", FAULT_PATHS: "/product/" },
} as const;

/** A variant of the storefront. */
export type Canary = keyof typeof canaries;

import { readFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Where images come from, if they were not loaded into the nodes: E2E_REGISTRY. */
export const registry = process.env.E2E_REGISTRY || undefined;

/** The image of a workload, as `npm run images` names it. */
export const image = (workload: string): string => `${registry ?? "boutique"}/${workload}:${version}`;

/** The image of Redis. */
export const redisImage = `${registry ? `${registry}/` : ""}redis:8.2-alpine`;

/** What the restricted profile wants of each container. */
export const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;

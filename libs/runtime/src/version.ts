import type { ToldFaults } from "./faults.ts";

/** What runs here, as /version says it. */
export interface Version {
  /** The name of its workload. */
  readonly service: string;
  readonly version: string;
  /** The commit that was built, where that is known. */
  readonly commit?: string;
  /** The version of Node. */
  readonly node: string;
  /** What goes wrong on purpose; left out where nothing does. */
  readonly faults?: ToldFaults;
}

/** Puts together what a service says of itself. */
export const versionOf = (
  service: string,
  { APP_VERSION, APP_COMMIT }: { readonly APP_VERSION: string; readonly APP_COMMIT: string },
  faults: ToldFaults | undefined,
): Version => ({
  service,
  version: APP_VERSION,
  ...(APP_COMMIT && { commit: APP_COMMIT }),
  node: process.version,
  ...(faults && { faults }),
});

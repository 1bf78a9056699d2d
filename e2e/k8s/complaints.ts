import { kubectl, type Pod } from "./cluster.ts";

const MOST_LINES = 20;

/** The last warnings and errors that a pod has written. */
export const complaintsOf = (pod: Pod): Promise<string> => complaints(pod);

/** The same once it is gone. */
export const lastComplaintsOf = (pod: Pod): Promise<string> => complaints(pod, "--follow");

async function complaints({ metadata: { name, namespace } }: Pod, ...how: readonly string[]): Promise<string> {
  const said = await kubectl("logs", name, "--namespace", namespace, ...how).catch((error: Error) => error.message);
  const lines = said.split("\n").filter((line) => !line.includes('"severity":"info"') && line !== "");
  return [`${name}: ${lines.length} complaints`, ...lines.slice(-MOST_LINES)].join("\n");
}

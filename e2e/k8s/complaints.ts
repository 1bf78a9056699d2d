import { kubectl, type Pod } from "./cluster.ts";
import { podsOf } from "./pods.ts";

const MOST_LINES = 20;

/** The last warnings and errors that each pod of a namespace has written. */
export const complaintsIn = async (namespace: string): Promise<string[]> =>
  Promise.all((await podsOf(namespace)).map((pod) => complaints(pod)));

/** The same of one pod, once it is gone. */
export const lastComplaintsOf = (pod: Pod): Promise<string> => complaints(pod, "--follow");

async function complaints({ metadata: { name, namespace } }: Pod, ...how: readonly string[]): Promise<string> {
  const said = await kubectl("logs", name, "--namespace", namespace, ...how).catch((error: Error) => error.message);
  const lines = said.split("\n").filter((line) => !line.includes('"severity":"info"') && line !== "");
  return [`${name}: ${lines.length} complaints`, ...lines.slice(-MOST_LINES)].join("\n");
}

import { statSync } from "node:fs";

/**
 * Calls back when a file is no longer as it was `since` and lies still again, having looked every so many milliseconds.
 * Returns what ends it; it keeps no process alive.
 *
 * It looks rather than waits to be told, since one look sees every way of changing: written in place, renamed over, a
 * link on the way pointed elsewhere (as Kubernetes does with a ConfigMap), and changes on mounts that report none.
 */
export function watchFile(file: string | URL, since: string, every: number, changed: () => void): () => void {
  let told = since;
  let last = since;
  const timer = setInterval(() => {
    const now = stateOf(file);
    if (now !== told && now === last) {
      told = now;
      changed();
    }
    last = now;
  }, every).unref();
  return () => clearInterval(timer);
}

/** What differs whenever the file does: which one it is, how long, and when it was written. */
export function stateOf(file: string | URL): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return "away";
  }
}

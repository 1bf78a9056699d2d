/** So many of some things by lot, each at most once. `random` gives a whole number below the one it is given. */
export function sample<T>(things: Iterable<T>, count: number, random: (below: number) => number): T[] {
  const hat = [...things];
  return Array.from({ length: Math.min(count, hat.length) }, () => hat.splice(random(hat.length), 1)).flat();
}

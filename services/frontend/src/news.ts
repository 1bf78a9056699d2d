/**
 * Whether an id comes for the first time, as far back as the last so many go: an order's page may be asked for again by
 * the same form, and stays one order.
 */
export function createNews(most = 1_000): (id: string) => boolean {
  const latest = new Set<string>();
  return (id) => {
    if (latest.has(id)) return false;
    latest.add(id);
    const [oldest = ""] = latest;
    if (latest.size > most) latest.delete(oldest);
    return true;
  };
}

import { openBoutique } from "./boutique.ts";
import { type Endured, endure, lookWell } from "./endure.ts";
import type { Row } from "./rows.ts";

/** Puts shops through all rows: so many shops at once, each of which takes the next row that nobody has. */
export async function endureAll(
  rows: readonly Row[],
  shops: number,
  tell: (endured: Endured) => void = () => {},
): Promise<readonly Endured[]> {
  const left = [...rows];
  const done = new Map<Row, Endured>();
  const work = async (shop: Awaited<ReturnType<typeof openShop>>) => {
    const well = await lookWell(shop);
    for (let row = left.shift(); row; row = left.shift()) {
      const endured = await endure(shop, well, row);
      tell(endured);
      done.set(row, endured);
    }
  };
  const opened: Awaited<ReturnType<typeof openShop>>[] = [];
  try {
    for (let place = 0; place < shops; place += 1) opened.push(await openShop());
    await Promise.all(opened.map(work));
  } finally {
    await Promise.all(opened.map((shop) => shop.close()));
  }
  return rows.flatMap((row) => done.get(row) ?? []);
}

const openShop = () => openBoutique({ replicas: () => 1, doors: true });

import { localShop, type Source } from "../shop/shop-watch.ts";
import { type Reading, whole } from "./values.ts";

const port = whole(1, 65_535);

/** Whose metrics are watched: ports of shops that `npm start` started, and URLs, with commas between. */
export const watched: Reading<readonly Source[]> = (option, text) =>
  text.split(",").flatMap((word) => {
    if (/^\d+$/.test(word)) return localShop(port(option, word));
    const url = URL.parse(word);
    if (!url || !/^https?:$/.test(url.protocol)) {
      throw new Error(`${option} ${word}: the port of a shop of this machine, or a URL of metrics, is wanted`);
    }
    if (url.pathname === "/") url.pathname = "/metrics";
    return [{ url: url.href }];
  });

import type { Answers } from "./wire.ts";

const ads: readonly [category: string, productId: string, text: string][] = [
  ["clothing", "66VCHSJNUP", "Tank top, a fifth off."],
  ["accessories", "1YMWWN1N4O", "Watch with a second kit for free."],
  ["footwear", "L9ECAV7KIM", "Loafers, two for the price of one."],
  ["hair", "2ZYFJ3GM2N", "Hairdryer at half the price."],
  ["decor", "0PUK6V6EV0", "Candle holder, 30 percent off."],
  ["kitchen", "9SIQT8TOJO", "Bamboo glass jar, a tenth off."],
  ["kitchen", "6E92ZMYYFZ", "Mugs, three for the price of two."],
];

/** The original's ads: all of each category as often as it is asked for, else two by lot, which may be the same one. */
export const createAd = (): Answers<"ad"> => ({
  getAds: ({ contextKeys }) => {
    const found = contextKeys.flatMap((key) => ads.filter(([category]) => category === key));
    const lot = () => ads[Math.floor(Math.random() * ads.length)] as (typeof ads)[number];
    const shown = found.length > 0 ? found : [lot(), lot()];
    return { ads: shown.map(([, id, text]) => ({ redirectUrl: `/product/${id}`, text })) };
  },
});

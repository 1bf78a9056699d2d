import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openChromium } from "./chromium.ts";

// `npm run pictures`: draws each product's SVG as the JPEG that the catalogue's paths name, for those who do not know
// the SVGs: other storefronts, chat programs, people's own catalogues.
const folder = fileURLToPath(new URL("../services/frontend/static/img/products/", import.meta.url));
const browser = await openChromium();
const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
for (const file of readdirSync(folder).filter((name) => name.endsWith(".svg"))) {
  const svg = readFileSync(folder + file).toString("base64");
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: 600px }</style><img src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.waitForFunction("document.images[0].complete");
  const jpeg = await page.screenshot({ type: "jpeg", quality: 82 });
  writeFileSync(folder + file.replace(/svg$/, "jpg"), jpeg);
  console.log(`${file.replace(/svg$/, "jpg")} ${jpeg.length} bytes`);
}
await browser.close();

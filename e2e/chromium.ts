import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Where Chromium is on this machine; undefined when it has none. */
export const chromiumPath = (): string | undefined => places.find((path) => path && existsSync(path));

/** What to do where there is none. */
export const installChromium = "apt-get install chromium (or name a Chromium or Chrome in the variable CHROMIUM)";

/** Opens a Chromium that asks nobody outside for anything. */
export async function openChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error(`no Chromium here: ${installChromium}`);
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  const args = [...quiet, "--disable-component-update", "--disable-sync", "--no-sandbox"];
  return chromium.launch({ executablePath, args });
}

import { onTestFinished, test } from "vitest";
import { buy } from "../../scripts/smoke/order.ts";
import { freeRange, run } from "../shop/command.ts";
import { docker, until } from "./composed-shop.ts";

// Docker comes with BuildKit; where this machine's does not, the script brings one.
const { CI } = process.env;
const withBuildKit = (await docker("buildx", "version").catch(() => "")) ? [] : ["e2e/images/buildkit.sh"];
const cannot = withBuildKit.length > 0 && process.getuid?.() !== 0 ? "docker has no buildx: install docker-buildx" : "";

test("one command builds a shop from nothing, and starts it", { timeout: 900_000 }, async ({ skip }) => {
  if (cannot && CI !== "true") skip(cannot);
  const port = await freeRange();
  const tag = `e2e-${port}`;
  const environment = {
    COMPOSE_PROJECT_NAME: `boutique-${tag}`,
    COMPOSE_PROFILES: "load",
    BOUTIQUE_TAG: tag,
    BOUTIQUE_PORT: String(port),
    BOUTIQUE_LOAD_PORT: String(port + 1),
  };
  onTestFinished(async () => {
    await run(["docker", "compose", "down", "--volumes", "--timeout", "5"], environment).ended();
    const names = await docker("images", "--format", "{{.Repository}}:{{.Tag}}", `boutique/*:${tag}`);
    if (names) await docker("rmi", ...names.split("\n"));
  }, 120_000);

  const up = run([...withBuildKit, "docker", "compose", "--progress", "plain", "up", "--detach"], environment);
  const { code } = await up.ended();
  if (code !== 0)
    throw new Error(`docker compose up ended with ${code}:\n${(up.stdout() + up.stderr()).slice(-4_000)}`);

  const wish = { currency: "EUR", patience: 10_000, done: () => {} };
  await until("the shop sells", () =>
    buy(new URL(`http://127.0.0.1:${port}`), wish).then(
      () => true,
      () => false,
    ),
  );
});

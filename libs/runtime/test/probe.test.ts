import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { frontendGrpcPort, names, roster } from "@boutique/contract/roster";
import { createHealth } from "@boutique/rpc/health";
import { listen } from "@boutique/rpc/server";
import { describe, expect, it, onTestFinished } from "vitest";
import { askHealth, ownUrl, whereabouts } from "../src/probe.ts";
import { commonSettings } from "../src/service-settings.ts";
import type { Setting } from "../src/settings.ts";

const service = "hipstershop.ShippingService";

/** Health over the wire, as every service has it. */
async function serve() {
  const health = createHealth(service);
  const server = await listen(0, [], { additions: [health] });
  onTestFinished(async () => {
    health.close();
    await server.close(0);
  });
  return { health, port: server.port, url: `http://127.0.0.1:${server.port}` };
}

/** The probe as a container runs it: in a service's folder. */
async function probe(folder: string, env: NodeJS.ProcessEnv, ...args: string[]) {
  const main = fileURLToPath(new URL("../src/probe.ts", import.meta.url));
  const child = spawn(process.execPath, [main, ...args], { cwd: fileURLToPath(new URL(folder, import.meta.url)), env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const [code] = await once(child, "close");
  return { code, said };
}

describe("askHealth", () => {
  it("says whether the service is ready", async () => {
    const { health, url } = await serve();

    expect(await askHealth(url, "")).toBe("NOT_SERVING");
    health.set(true);
    expect(await askHealth(url, "")).toBe("SERVING");
    expect(await askHealth(url, service)).toBe("SERVING");
  });

  it("says whether the process lives, ready or not", async () => {
    const { url } = await serve();

    expect(await askHealth(url, "liveness")).toBe("SERVING");
  });

  it("fails with the code of an error", async () => {
    const { url } = await serve();

    await expect(askHealth(url, "nobody")).rejects.toThrow("gRPC code 5");
  });

  it("fails where nobody listens", async () => {
    const server = await silence();
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, "close");

    await expect(askHealth(`http://127.0.0.1:${port}`, "")).rejects.toThrow("ECONNREFUSED");
  });

  it("gives up on a silent one", async () => {
    const server = await silence();
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };

    await expect(askHealth(`http://127.0.0.1:${port}`, "", 50)).rejects.toThrow("no answer in 50 ms");
  });
});

describe("ownUrl", () => {
  it.each(names)("finds %s by its folder", (name) => {
    const port = name === "frontend" ? frontendGrpcPort : roster[name].port;

    expect(ownUrl(`/app/services/${name}`, {})).toBe(`http://127.0.0.1:${port}`);
  });

  it.each([
    ["cart", { PORT: "1234" }, "http://127.0.0.1:1234"],
    ["cart", { ASPNETCORE_HTTP_PORTS: "1234" }, "http://127.0.0.1:1234"],
    ["cart", { HOST: "10.0.0.1" }, "http://10.0.0.1:7070"],
    ["cart", { HOST: "::" }, "http://[::1]:7070"],
    ["cart", { HOST: "fd00::2" }, "http://[fd00::2]:7070"],
    ["frontend", { PORT: "1234", GRPC_PORT: "4321" }, "http://127.0.0.1:4321"],
  ])("of %s with %j is %s", (name, environment, url) => {
    expect(ownUrl(`/app/services/${name}`, environment)).toBe(url);
  });
});

it.each(names)("reads where %s listens as the service itself does", (name) => {
  for (const [setting, { fallback, alias }] of Object.entries<Setting<unknown>>(whereabouts(name)))
    expect(commonSettings(name)[setting as "PORT"], setting).toMatchObject({ fallback, ...(alias && { alias }) });
});

describe("the probe", () => {
  it("ends with 0 and one line when the service is ready, with 1 when it is not", async () => {
    const { health, port } = await serve();
    const env = { PORT: String(port) };

    expect(await probe("../../../services/shipping", env)).toEqual({
      code: 1,
      said: `all at http://127.0.0.1:${port}: NOT_SERVING\n`,
    });
    health.set(true);
    expect(await probe("../../../services/shipping", env)).toEqual({
      code: 0,
      said: `all at http://127.0.0.1:${port}: SERVING\n`,
    });
    expect(await probe("../../../services/shipping", env, "liveness")).toMatchObject({ code: 0 });
  });

  it("says in one line what a wrong folder or setting is", async () => {
    expect(await probe("..", {})).toMatchObject({
      code: 1,
      said: expect.stringMatching(/is the folder of no service: .*\n$/),
    });
    expect(await probe("../../../services/cart", { PORT: "x" })).toEqual({
      code: 1,
      said: "PORT=x is not a port (0 to 65535)\n",
    });
  });
});

/** A server that takes connections and says nothing. */
async function silence(): Promise<Server> {
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

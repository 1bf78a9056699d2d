import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { Metadata } from "@grpc/grpc-js";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === "localhost" : loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** What a worker shows to be let in. */
export function shown(token: string | undefined): Metadata {
  const metadata = new Metadata();
  if (token) metadata.set("authorization", `Bearer ${token}`);
  return metadata;
}

/** Whether what was shown is the token; how long that takes tells nothing of it. */
export function isShown(token: string, metadata: Metadata): boolean {
  const given = String(metadata.get("authorization")[0] ?? "");
  return timingSafeEqual(digest(given), digest(`Bearer ${token}`));
}

const digest = (text: string) => createHash("sha256").update(text).digest();

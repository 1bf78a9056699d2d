import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Rpc, rpcsOf } from "@boutique/contract/proto";
import { topology } from "@boutique/contract/topology";
import { BALANCER } from "@boutique/rpc/balancer";
import { Client as Channel, credentials, Metadata, status } from "@grpc/grpc-js";
import { readOptions } from "./options.ts";

const help = `npm run bench:replicas: two replicas, of which one is frozen after a while and goes on later. What becomes of a hundred
calls a second, each of which may take a second, by who deals them. A minute.

  --help   this`;

readOptions(help, {});

const PER_SECOND = 100;
const WELL_S = 2;
const FROZEN_S = 8;
const AFTER_S = 6;
const DEADLINE_MS = 1_000;

// gRPC takes durations as its own objects have them, not as protobuf's JSON writes them.
const duration = (milliseconds: number) => ({
  seconds: Math.floor(milliseconds / 1_000),
  nanos: (milliseconds % 1_000) * 1_000_000,
});

const policies = {
  round_robin: { round_robin: {} },
  outlier_detection: {
    outlier_detection: {
      interval: duration(500),
      base_ejection_time: duration(1_000),
      max_ejection_time: duration(5_000),
      max_ejection_percent: 50,
      failure_percentage_ejection: { threshold: 50, minimum_hosts: 2, request_volume: 3 },
      child_policy: [{ round_robin: {} }],
    },
  },
  [BALANCER]: { [BALANCER]: {} },
};

const file = fileURLToPath(new URL("../libs/rpc/test/replica.ts", import.meta.url));

async function startReplica(): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(file);
  const [port] = await once(child, "message");
  return { child, port };
}

const getCart = rpcsOf(topology.cart.service).find(({ path }) => path.endsWith("/GetCart")) as Rpc;

interface Call {
  /** Seconds since the replica was frozen. */
  readonly at: number;
  readonly by: string;
}

async function measure(name: string, policy: object): Promise<void> {
  const [one, two] = await Promise.all([startReplica(), startReplica()]);
  const target = `ipv4:127.0.0.1:${one.port},127.0.0.1:${two.port}`;
  const channel = new Channel(target, credentials.createInsecure(), {
    "grpc.service_config": JSON.stringify({ loadBalancingConfig: [policy] }),
  });
  const calls: Call[] = [];
  const frozenAt = performance.now() + WELL_S * 1_000;
  const call = () => {
    const at = (performance.now() - frozenAt) / 1_000;
    const { path, requestSerialize, responseDeserialize } = getCart;
    const options = { deadline: Date.now() + DEADLINE_MS };
    channel.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      {},
      new Metadata(),
      options,
      (error, answer) => calls.push({ at, by: error ? (status[error.code] ?? "") : answer.userId }),
    );
  };
  const timer = setInterval(call, 1_000 / PER_SECOND);
  await sleep(WELL_S * 1_000);
  one.child.kill("SIGSTOP");
  await sleep(FROZEN_S * 1_000);
  one.child.kill("SIGCONT");
  await sleep(AFTER_S * 1_000);
  clearInterval(timer);
  await sleep(DEADLINE_MS);
  channel.close();
  for (const { child } of [one, two]) child.kill("SIGKILL");

  const during = calls.filter(({ at }) => at >= 0 && at < FROZEN_S);
  const lost = during.filter(({ by }) => !/^\d+$/.test(by));
  const later = lost.filter(({ at }) => at > 1.5);
  const back = calls.find(({ at, by }) => at > FROZEN_S && by === String(one.child.pid));
  console.log(
    `${name.padEnd(18)} ${lost.length} of ${during.length} calls lost, ${later.length} of them after the first 1.5 s; ` +
      `has calls again ${back ? `${(back.at - FROZEN_S).toFixed(1)} s` : "never"} after it goes on`,
  );
}

for (const [name, policy] of Object.entries(policies)) await measure(name, policy);

import { connectivityState, experimental } from "@grpc/grpc-js";
import { cost, counted, createReplica, type Replica } from "./replica.ts";

/** By this name a service config asks for the policy. */
export const BALANCER = "fewest_in_flight";

/** By this option a channel says whom it tells that the name of its peer was found. */
export const FOUND = "boutique.found";

const roundRobin = experimental.parseLoadBalancingConfig({ round_robin: {} });

/**
 * Gives each call to the ready replica that has the fewest in flight, which a slow one soon is not, and to one that
 * fails only where there is no other. Connecting is left to round_robin, which this wraps.
 */
function createBalancer(helper: experimental.ChannelControlHelper): experimental.LoadBalancer {
  const replicas = new Map<string, Replica>();
  const forgetBut = (still: readonly string[]) => {
    for (const [address, { circuit }] of replicas) {
      if (still.includes(address)) continue;
      circuit.close();
      replicas.delete(address);
    }
  };
  const replicaOf = ({ subchannel }: experimental.PickResult) => {
    const address = subchannel?.getAddress() ?? "";
    const replica = replicas.get(address) ?? createReplica(address);
    replicas.set(address, replica);
    return replica;
  };
  const connections = new experimental.ChildLoadBalancerHandler(
    experimental.createChildChannelControlHelper(helper, {
      updateState(state, picker, error) {
        const ready = state === connectivityState.READY;
        helper.updateState(state, ready ? { pick: (call) => pickFewest(picker, call, replicaOf) } : picker, error);
      },
    }),
  );
  return {
    updateAddressList(endpoints, _, options, note) {
      const addresses = endpoints.ok ? endpoints.value.flatMap((endpoint) => endpoint.addresses) : undefined;
      if (addresses) {
        options[FOUND]?.();
        forgetBut(addresses.map(experimental.subchannelAddressToString));
      }
      return connections.updateAddressList(endpoints, roundRobin, options, note);
    },
    exitIdle: () => connections.exitIdle(),
    resetBackoff: () => connections.resetBackoff(),
    destroy() {
      forgetBut([]);
      connections.destroy();
    },
    getTypeName: () => BALANCER,
  };
}

/** Has round_robin name its connections until the first comes again: by that the next call begins at the second. */
function pickFewest(
  ready: experimental.Picker,
  call: experimental.PickArgs,
  replicaOf: (pick: experimental.PickResult) => Replica,
): experimental.PickResult {
  const first = ready.pick(call);
  let next = ready.pick(call);
  // There is no other, nor anything to decide.
  if (next.subchannel === first.subchannel) return first;
  const now = Date.now();
  let [best, replica] = [first, replicaOf(first)];
  for (; next.subchannel !== first.subchannel; next = ready.pick(call)) {
    const other = replicaOf(next);
    if (cost(other, now) < cost(replica, now)) [best, replica] = [next, other];
  }
  return counted(best, replica);
}

const ownConfig: experimental.TypedLoadBalancingConfig = {
  getLoadBalancerName: () => BALANCER,
  toJsonObject: () => ({ [BALANCER]: {} }),
};

// gRPC makes a policy by `new`, which takes a function that returns one.
experimental.registerLoadBalancerType(BALANCER, createBalancer as never, { createFromJson: () => ownConfig } as never);

import { expect, it } from "vitest";
import { addressesIn, places } from "../../scripts/k8s-url/places.ts";

const nodes = [
  {
    status: {
      addresses: [
        { type: "InternalIP", address: "10.0.0.5" },
        { type: "Hostname", address: "node-1" },
      ],
    },
  },
  {
    status: {
      addresses: [
        { type: "InternalIP", address: "fd00::6" },
        { type: "ExternalIP", address: "192.0.2.6" },
      ],
    },
  },
];
const wayIn = (type: string, nodePort?: number, ingress?: { ip?: string; hostname?: string }[]) => ({
  spec: { type, ports: [{ port: 80, ...(nodePort && { nodePort }) }] },
  status: { loadBalancer: { ...(ingress && { ingress }) } },
});

it.each([
  ["a load balancer's address first", wayIn("LoadBalancer", 31234, [{ ip: "192.0.2.1" }]), [], "http://192.0.2.1"],
  ["a load balancer's name", wayIn("LoadBalancer", undefined, [{ hostname: "lb.example" }]), [], "http://lb.example"],
  [
    "the port of this machine that leads to a node of kind",
    wayIn("NodePort", 30080),
    ["127.0.0.1:8080"],
    "http://127.0.0.1:8080",
  ],
  ["a node's outer address", wayIn("NodePort", 30080), [], "http://192.0.2.6:30080"],
])("the shop is looked for at %s", (_, service, led, first) => {
  expect(places(service, nodes, led)[0]).toBe(first);
});

it("the shop is looked for at every node, outer addresses before inner ones, and here", () => {
  expect(places(wayIn("LoadBalancer", 30080), nodes, [])).toEqual([
    "http://192.0.2.6:30080",
    "http://10.0.0.5:30080",
    "http://[fd00::6]:30080",
    "http://127.0.0.1:30080",
  ]);
});

it("the shop is looked for nowhere when it has neither an address nor a port", () => {
  expect(places(wayIn("ClusterIP"), nodes, [])).toEqual([]);
});

it.each([
  ["127.0.0.1:8080\n", ["127.0.0.1:8080"]],
  ["0.0.0.0:8080\n[::]:8080\n", ["127.0.0.1:8080", "127.0.0.1:8080"]],
  ["", []],
])("docker's words %j mean the addresses %j", (said, addresses) => {
  expect(addressesIn(said)).toEqual(addresses);
});

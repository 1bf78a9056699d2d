import { beforeAll, describe, expect, it } from "vitest";
import { breaches } from "./house-rules.ts";
import { buildWith, skipped } from "./manifests.ts";
import type { Manifest } from "./objects.ts";

describe.skipIf(skipped)("the rules of the house", () => {
  let built: readonly Manifest[];
  beforeAll(async () => {
    built = await buildWith(["hpa"]);
  });

  const frontend = '"name":"frontend"';
  it.each([
    [
      "a root that can be written to",
      '"readOnlyRootFilesystem":true',
      '"readOnlyRootFilesystem":false',
      "may write to its image",
    ],
    ["a capability", '"drop":["ALL"]', '"drop":["ALL"],"add":["NET_ADMIN"]', "keeps capabilities"],
    ["root", '"runAsNonRoot":true', '"runAsNonRoot":false', "may run as root"],
    ["no seccomp profile", '"RuntimeDefault"', '"Unconfined"', "has no seccomp profile"],
    ["a token", '"automountServiceAccountToken":false,"containers"', '"containers"', "mounts a token"],
    ["a limit of CPU", '"limits":{"memory"', '"limits":{"cpu":"100m","memory"', "has a limit of CPU"],
    [
      "no request of memory",
      '"requests":{"cpu":"80m","memory":"128Mi"}',
      '"requests":{"cpu":"60m"}',
      "does not say what",
    ],
    [
      "too little time to stop",
      '"terminationGracePeriodSeconds":30',
      '"terminationGracePeriodSeconds":10',
      "is killed before",
    ],
    [
      "a selector of more labels",
      '"matchLabels":{"app":"frontend"}}',
      '"matchLabels":{"app":"frontend","v":"1"}}',
      "selects its pods by more",
    ],
    ["a Service whose port is nowhere", '"targetPort":"http"', '"targetPort":"web"', "sends to a port web"],
    ["a port whose name says nothing", '"name":"http","port":80', '"name":"web","port":80', "whose protocol"],
    [
      "a scaled Deployment that says its replicas",
      '"revisionHistoryLimit"',
      '"replicas":2,"revisionHistoryLimit"',
      "set back by each apply",
    ],
    [
      "a scaler of a Deployment that is not there",
      '"kind":"Deployment","name":"frontend"}',
      '"kind":"Deployment","name":"front"}',
      "scales front, which",
    ],
    [
      "a budget for nobody",
      '"matchLabels":{"app":"frontend"}},"unhealthy',
      '"matchLabels":{"app":"front"}},"unhealthy',
      "protects 0 workloads",
    ],
    ["a variable before what it uses", '"value":"8080"}', '"value":"$(LATER)"}', "uses LATER in PORT"],
    ["a namespace", '"metadata":{', '"metadata":{"namespace":"default",', "names a namespace"],
    ["no label of the shop", '"online-boutique"', '"another"', "is not labelled as part of the shop"],
  ])("see %s", (_, right, wrong, words) => {
    const spoilt = built.map((object): Manifest => {
      const text = JSON.stringify(object);
      return text.includes(frontend) ? JSON.parse(text.replaceAll(right, wrong)) : object;
    });

    expect(JSON.stringify(spoilt)).not.toBe(JSON.stringify(built));
    expect(breaches(spoilt).join("\n")).toContain(words);
  });

  it("have nothing against what is right", () => {
    expect(breaches(built)).toEqual([]);
  });
});

import { currentContext } from "@boutique/rpc/context";

/** Whose traffic a figure is about: shoppers', or that of a load generator which says so. */
export type Traffic = "real" | "synthetic";
export const traffics: readonly Traffic[] = ["real", "synthetic"];

/** W3C baggage by which a load generator says that it is one, as OpenTelemetry's demo does. */
const SYNTHETIC = /(^|,)\s*synthetic_request\s*=\s*true\s*(;|,|$)/;

/** Whose request is being served. */
export const currentTraffic = (): Traffic => {
  const baggage = currentContext()?.trace.baggage;
  return baggage !== undefined && SYNTHETIC.test(baggage) ? "synthetic" : "real";
};

/** One of two values, so that figures of shoppers can leave out what a load generator did. */
export const syntheticLabel = (traffic: Traffic): string => (traffic === "synthetic" ? "true" : "false");

/** What is read of a service's metrics. */
export interface Figures {
  /** Its name, as its `app_info` has it. */
  readonly service: string | undefined;
  /** How many services share its process, whose figures the rest then are. */
  readonly services: number;
  /** Of its whole life. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly loopP99Seconds: number;
  /** Calls, or requests, begun and not answered yet. */
  readonly inFlight: number;
}

/**
 * Finds them in Prometheus's text. Undefined where there is no CPU time, without which the text is of no service. What
 * else is not told (by another make than Node.js, say) is 0.
 */
export function figuresOf(text: string): Figures | undefined {
  const cpuSeconds = sum(text, "process_cpu_seconds_total");
  if (cpuSeconds === undefined) return undefined;
  return {
    service: /^app_info\{(?:.*,)?service="([^"\\]+)"/m.exec(text)?.[1],
    services: sum(text, "app_process_services") ?? 1,
    cpuSeconds,
    rssBytes: sum(text, "process_resident_memory_bytes") ?? 0,
    loopP99Seconds: sum(text, "nodejs_eventloop_lag_p99_seconds") ?? 0,
    // The storefront's own first: the calls it makes in turn are counted where they arrive.
    inFlight: sum(text, "http_requests_in_flight") ?? sum(text, "grpc_server_in_flight") ?? 0,
  };
}

/** A metric's samples together, whatever their labels; undefined where there are none. */
function sum(text: string, name: string): number | undefined {
  const samples = text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)`, "gm"));
  const values = Array.from(samples, ([, value]) => Number(value)).filter(Number.isFinite);
  return values.length > 0 ? values.reduce((total, value) => total + value, 0) : undefined;
}

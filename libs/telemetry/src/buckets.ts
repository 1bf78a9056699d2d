/**
 * The bounds of all durations, in seconds. Between two of them Prometheus can only guess. Around what the objectives
 * speak of (400 ms, 500 ms, 3 s) they are at most 10 % apart, so that a p99 there is right to 10 %.
 */
export const durations: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.37, 0.4, 0.44, 0.48, 0.5, 0.55, 1, 2, 2.8, 3, 3.3, 5, 10,
];

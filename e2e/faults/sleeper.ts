// Loaded before a service is, this has the one that LATE_SERVICE names begin LATE_MS milliseconds after the others.
const { LATE_SERVICE, LATE_MS } = process.env;
if (process.argv[1]?.includes(`services/${LATE_SERVICE}/src/`)) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(LATE_MS));
}

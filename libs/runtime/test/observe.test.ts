import { status } from "@grpc/grpc-js";
import { expect, it } from "vitest";
import { goName } from "../src/observe.ts";

// google.golang.org/grpc/codes: what known dashboards and alerts ask for.
const goNames = [
  "OK",
  "Canceled",
  "Unknown",
  "InvalidArgument",
  "DeadlineExceeded",
  "NotFound",
  "AlreadyExists",
  "PermissionDenied",
  "ResourceExhausted",
  "FailedPrecondition",
  "Aborted",
  "OutOfRange",
  "Unimplemented",
  "Internal",
  "Unavailable",
  "DataLoss",
  "Unauthenticated",
];

it.each(goNames.map((name, code) => [status[code], name]))("%s is counted as %s", (constant, name) => {
  expect(goName(String(constant))).toBe(name);
});

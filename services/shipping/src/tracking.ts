import { randomInt } from "node:crypto";

const letter = () => String.fromCharCode(65 + randomInt(26));
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("");

/** The name of a parcel, such as "ZK-20417-108332194": chance alone, nothing of where it goes. */
export const newTrackingId = (): string => `${letter()}${letter()}-${digits(5)}-${digits(9)}`;

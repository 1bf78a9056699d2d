/** What an HTTP/2 client says first. */
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

const types = { data: 0, headers: 1, priority: 2, reset: 3, settings: 4, ping: 6, goaway: 7, window: 8, more: 9 };

interface Frame {
  readonly flags?: number;
  readonly stream?: number;
  readonly payload?: Buffer;
}

/** A frame of HTTP/2, well formed or not: nobody checks what is in it. */
export function frame(type: keyof typeof types, { flags = 0, stream = 0, payload = Buffer.alloc(0) }: Frame = {}) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(types[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export const END_STREAM = 1;
export const END_HEADERS = 4;

/** A header as HPACK has it: not indexed, not compressed. */
export function header(name: string, value: string | Buffer): Buffer {
  const texts = [Buffer.from(name), Buffer.from(value)].map((text) => Buffer.concat([lengthOf(text.length), text]));
  return Buffer.concat([Buffer.from([0]), ...texts]);
}

/** HPACK's integers with a prefix of seven bits. */
function lengthOf(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const rest = (left: number): number[] => (left < 128 ? [left] : [(left % 128) | 128, ...rest(left >>> 7)]);
  return Buffer.from([127, ...rest(value - 127)]);
}

/** The head of a call of a method, as gRPC's clients send it; more headers behind it. */
export const callOf = (path: string | Buffer, ...more: Buffer[]): Buffer =>
  Buffer.concat([
    header(":method", "POST"),
    header(":scheme", "http"),
    header(":path", path),
    header(":authority", "shop"),
    header("content-type", "application/grpc"),
    header("te", "trailers"),
    ...more,
  ]);

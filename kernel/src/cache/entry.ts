/** A kept value, in either level. Times are in ms of the process's clock. */
export interface Entry {
  readonly value: unknown;
  /** What it weighs in memory and on the way. */
  readonly bytes: number;
  /** Until then it is given without asking anybody. */
  readonly freshUntil: number;
  /** Until then it is given when the source fails. */
  readonly staleUntil: number;
}

const FORMAT = 1;
const HEADER = 22;

/** A value as it lies in the second level, with the versions its tags had before it was loaded. */
export interface Stored extends Entry {
  readonly versions: readonly string[];
}

/** What a value weighs and how it travels: Buffers as they are, everything else as JSON. */
export interface Payload {
  readonly isBuffer: boolean;
  readonly bytes: Buffer;
}

/** Refuses what would come back from the second level as something else than it went in. */
function guard(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = (this as Record<string, unknown>)[key];
  if (original instanceof Date || original instanceof Map || original instanceof Set || Buffer.isBuffer(original)) {
    throw new TypeError(
      `a cache keeps Buffers and plain JSON; ${key || 'the value'} is a ${original.constructor.name}`,
    );
  }
  return value;
}

/** Turns a value into bytes. Raises a TypeError for a value that JSON cannot bring back. */
export function payloadOf(value: unknown): Payload {
  if (Buffer.isBuffer(value)) return { isBuffer: true, bytes: value };
  return { isBuffer: false, bytes: Buffer.from(JSON.stringify(value, guard)) };
}

/** Header (format, kind, times, length of the versions), versions, payload. */
export function encode(stored: Omit<Stored, 'value' | 'bytes'>, payload: Payload): Buffer {
  const versions = Buffer.from(JSON.stringify(stored.versions));
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt8(payload.isBuffer ? 1 : 0, 1);
  header.writeDoubleBE(stored.freshUntil, 2);
  header.writeDoubleBE(stored.staleUntil, 10);
  header.writeUInt32BE(versions.length, 18);
  return Buffer.concat([header, versions, payload.bytes]);
}

/** Reads what `encode` wrote; undefined for anything else that lies there. */
export function decode(bytes: Buffer): Stored | undefined {
  if (bytes.length < HEADER || bytes[0] !== FORMAT) return undefined;
  const start = HEADER + bytes.readUInt32BE(18);
  const payload = bytes.subarray(start);
  try {
    return {
      value: bytes[1] === 1 ? payload : (JSON.parse(payload.toString('utf8')) as unknown),
      bytes: payload.length,
      freshUntil: bytes.readDoubleBE(2),
      staleUntil: bytes.readDoubleBE(10),
      versions: JSON.parse(bytes.subarray(HEADER, start).toString('utf8')) as string[],
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // cut short
    throw error;
  }
}

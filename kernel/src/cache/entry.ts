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

const FORMAT = 2;
const HEADER = 22;

/** A value as it lies in the second level, with the versions its tags had before it was loaded. */
export interface Stored extends Entry {
  readonly versions: readonly string[];
}

/** How a value travels: as it is, as JSON, or as JSON with some Buffers after it. */
const PLAIN = 0;
const BUFFER = 1;
const BUNDLE = 2;

/** What a value weighs and how it travels. */
export interface Payload {
  readonly kind: number;
  readonly size: number;
  readonly bytes: () => Buffer;
}

/** Refuses what would come back from the second level as something else than it went in. */
function guard(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = (this as Record<string, unknown>)[key];
  if (original instanceof Date || original instanceof Map || original instanceof Set || Buffer.isBuffer(original)) {
    throw new TypeError(
      `a cache keeps Buffers, plain JSON, or one object of both side by side; ${key || 'the value'} is a ${original.constructor.name}`,
    );
  }
  return value;
}

/**
 * Measures a value and says how it becomes bytes: a Buffer, plain JSON, or an object of plain JSON and Buffers side by
 * side. Raises a TypeError for a value that would not come back as it is.
 */
export function payloadOf(value: unknown): Payload {
  if (Buffer.isBuffer(value)) return { kind: BUFFER, size: value.length, bytes: () => value };
  const parts = isObject(value) ? Object.entries(value).filter(([, part]) => Buffer.isBuffer(part)) : [];
  if (parts.length > 0) return bundleOf(value as object, parts as [string, Buffer][]);
  const bytes = Buffer.from(JSON.stringify(value, guard));
  return { kind: PLAIN, size: bytes.length, bytes: () => bytes };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function bundleOf(value: object, parts: readonly (readonly [string, Buffer])[]): Payload {
  const names = new Set(parts.map(([name]) => name));
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
  const head = Buffer.from(
    JSON.stringify({
      rest: JSON.parse(JSON.stringify(rest, guard)) as unknown,
      parts: parts.map(([name, part]) => [name, part.length]),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const all = [length, head, ...parts.map(([, part]) => part)];
  const size = all.reduce((sum, part) => sum + part.length, 0);
  return { kind: BUNDLE, size, bytes: () => Buffer.concat(all) };
}

function unbundle(bytes: Buffer): object {
  let at = 4 + bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, at).toString('utf8')) as { rest: object; parts: [string, number][] };
  const parts = head.parts.map(([name, length]): [string, Buffer] => [name, bytes.subarray(at, (at += length))]);
  if (at !== bytes.length) throw new SyntaxError('cut short');
  return { ...head.rest, ...Object.fromEntries(parts) };
}

const valueOf = (kind: number, bytes: Buffer): unknown =>
  kind === BUFFER ? bytes : kind === BUNDLE ? unbundle(bytes) : (JSON.parse(bytes.toString('utf8')) as unknown);

/** Header (format, kind, times, length of the versions), versions, payload. */
export function encode(stored: Omit<Stored, 'value' | 'bytes'>, payload: Payload): Buffer {
  const versions = Buffer.from(JSON.stringify(stored.versions));
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt8(payload.kind, 1);
  header.writeDoubleBE(stored.freshUntil, 2);
  header.writeDoubleBE(stored.staleUntil, 10);
  header.writeUInt32BE(versions.length, 18);
  return Buffer.concat([header, versions, payload.bytes()]);
}

/** Reads what `encode` wrote; undefined for anything else that lies there. */
export function decode(bytes: Buffer): Stored | undefined {
  if (bytes.length < HEADER || bytes[0] !== FORMAT) return undefined;
  const start = HEADER + bytes.readUInt32BE(18);
  const payload = bytes.subarray(start);
  try {
    return {
      value: valueOf(bytes[1]!, payload),
      bytes: payload.length,
      freshUntil: bytes.readDoubleBE(2),
      staleUntil: bytes.readDoubleBE(10),
      versions: JSON.parse(bytes.subarray(HEADER, start).toString('utf8')) as string[],
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined; // cut short
    throw error;
  }
}

import { createHash } from 'node:crypto';

/** A name-based UUID (RFC 9562, version 8 over SHA-256): the same name is the same file everywhere. */
export function idOf(...name: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of name) hash.update(part).update('\0');
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of a picture of the library. */
export const libraryId = (key: string): string => idOf('library', key);

/** The id of what somebody uploaded: the same bytes of the same person are the same file. */
export const uploadId = (owner: string, bytes: Buffer): string => idOf('upload', owner, bytes);

const TYPES: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  avif: 'image/avif',
  png: 'image/png',
  jpg: 'image/jpeg',
};

/** What a variant is, by its name. */
export const contentTypeOf = (name: string): string =>
  TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

/** The kind of picture that bytes begin like, or null when they are something else, whatever their name says. */
export function sniffed(bytes: Buffer): 'jpeg' | 'png' | 'webp' | 'avif' | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png';
  const [first, third] = [bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 12)];
  if (first === 'RIFF' && third === 'WEBP') return 'webp';
  if (bytes.toString('latin1', 4, 8) === 'ftyp' && (third === 'avif' || third === 'avis')) return 'avif';
  return null;
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long an address fetches a document after it was asked for, in ms. */
export const LINK_MS = 15 * 60_000;

const TYPES = {
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  zip: 'application/zip',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  png: 'image/png',
  jpg: 'image/jpeg',
} as const;
export type DocumentKind = keyof typeof TYPES;
/** How a document of a kind is sent. */
export const documentType = (kind: DocumentKind): string => TYPES[kind];

/** So many bytes tell what a document is. */
export const HEAD_BYTES = 64;

/** The kind of document that bytes begin like, whatever their name says; null for what is not sold. */
export function documentKind(head: Buffer): DocumentKind | null {
  const text = head.toString('latin1');
  if (text.startsWith('%PDF-')) return 'pdf';
  if (text.startsWith('PK\u0003\u0004'))
    return text.slice(30).startsWith('mimetypeapplication/epub+zip') ? 'epub' : 'zip';
  if (text.startsWith('ID3') || (head[0] === 0xff && [0xfb, 0xf3, 0xf2].includes(head[1] ?? 0))) return 'mp3';
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'png';
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'jpg';
  return text.slice(4, 8) === 'ftyp' && !text.slice(8).startsWith('avi') ? 'mp4' : null;
}

const LONGEST = 100;
/** What no name of a file may hold on some system, and what turns writing around or hides. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/** The name a document is saved by: what its uploader called it, without a path and anything unsafe, ending as what it is. */
export function documentName(given: string, kind: DocumentKind): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(UNSAFE, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '');
  const short = [...stem].slice(0, LONGEST).join('').trim();
  return `${short || 'file'}.${kind}`;
}

/** `Content-Disposition` of a download: the name in plain letters for old programs, and as it is (RFC 6266, RFC 8187). */
export function disposition(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

const seal = (secret: string, id: string, expires: number): Buffer =>
  createHmac('sha256', secret).update(`download:${id}\n${expires}`).digest();

/** The address that fetches what a right is for, until a moment (ms since 1970). */
export const signedPath = (secret: string, id: string, expires: number): string =>
  `/api/v1/files/downloads/${id}?expires=${expires}&signature=${seal(secret, id, expires).toString('base64url')}`;

/** True when we made this address; compared in constant time. */
export function isSigned(secret: string, id: string, expires: number, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url');
  const own = seal(secret, id, expires);
  return given.length === own.length && timingSafeEqual(given, own);
}

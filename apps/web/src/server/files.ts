import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the build with its compressed forms, ready to send. */
export interface WebFile {
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
  readonly body: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Reads the built files into memory, by their address. The whole build is about a megabyte. */
export async function readWebFiles(directory: string): Promise<Map<string, WebFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
  const bodies = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name))] as const)),
  );
  const files = new Map<string, WebFile>();
  for (const [name, body] of bodies) {
    const type = types[extname(name)];
    if (!type || name.startsWith('.vite/')) continue;
    files.set(`/${name}`, {
      type,
      body,
      etag: etagOf(body),
      cacheControl: cacheControlOf(name),
      br: bodies.get(`${name}.br`),
      gzip: bodies.get(`${name}.gz`),
    });
  }
  return files;
}

/** A weak-free tag of the content. */
export const etagOf = (body: Buffer): string => `"${createHash('sha1').update(body).digest('base64url')}"`;

function cacheControlOf(name: string): string {
  if (name.startsWith('assets/')) return 'public, max-age=31536000, immutable';
  if (name === 'sw.js') return 'no-cache';
  return name.startsWith('drawn/') ? 'public, max-age=604800' : 'public, max-age=3600';
}

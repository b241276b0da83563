import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the build with its compressed forms, ready to send. */
export interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/** The panel in memory: hashed files by their address, and its one page. */
interface Build {
  readonly files: ReadonlyMap<string, BuiltFile>;
  readonly page: BuiltFile;
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads the built panel; `head` takes the place of `<!--theme-->` in its page. Throws when the panel was not built. */
export async function readBuild(directory: string, pageFile: string, head: string): Promise<Build> {
  const assets = join(directory, 'assets');
  const names = await readdir(assets);
  const bodies = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(assets, name))] as const)),
  );
  const files = new Map<string, BuiltFile>();
  for (const [name, body] of bodies) {
    const type = types[extname(name)];
    if (type)
      files.set(`/admin/assets/${name}`, fileOf(type, body, bodies.get(`${name}.br`), bodies.get(`${name}.gz`)));
  }
  const html = (await readFile(pageFile, 'utf8')).replace('<!--theme-->', head);
  return { files, page: fileOf('text/html; charset=utf-8', Buffer.from(html)) };
}

function fileOf(type: string, body: Buffer, br?: Buffer, gzip?: Buffer): BuiltFile {
  return { type, body, br, gzip, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
}

import { Inject, Injectable, Optional } from '@nestjs/common';
import { inTx, newId, record, type Ctx, type Db, type Handlers } from '@um/kernel';
import { LRUCache } from 'lru-cache';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FILE_FOLDER, FILE_LIBRARY, fileErrors, fileReady, type file, type FileInfo } from './contract.js';
import * as q from './file.queries.js';
import type { FileSchema } from './file.schema.js';
import { PictureLibrary } from './library.js';
import { keepPicture, makePicture } from './pictures.js';

/** Bytes of a file as they are sent. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly contentType: string;
}

const CACHE_BYTES = 32 * 1024 * 1024;
const MIME: Readonly<Record<string, string>> = { webp: 'image/webp', avif: 'image/avif', png: 'image/png', jpg: 'image/jpeg', pdf: 'application/pdf' };

/** Pictures and documents: registered once, served in ready-made sizes. */
@Injectable()
export class FileService implements Handlers<typeof file> {
  readonly #library: PictureLibrary;
  readonly #ready = new LRUCache<string, FileBytes>({ maxSize: CACHE_BYTES, sizeCalculation: (f) => f.bytes.length + 256 });

  constructor(
    @Inject('file.db') private readonly db: Db<FileSchema>,
    @Optional() @Inject(FILE_LIBRARY) library: string | undefined,
    @Optional() @Inject(FILE_FOLDER) private readonly folder: string | undefined,
  ) {
    this.#library = new PictureLibrary(library);
  }

  async fromLibrary(ctx: Ctx, { keys }: { keys: string[] }): Promise<Record<string, string>> {
    const wanted = [...new Set(keys)];
    const known = await q.publicByKeys(this.db, 'library', wanted);
    const missing = wanted.filter((key) => !known.some((row) => row.key === key));
    if (missing.length === 0) return Object.fromEntries(known.map((row) => [row.key, row.id]));
    const entries = await this.#library.find(missing);
    await q.insertFiles(
      this.db,
      [...entries].map(([key, entry]) => ({
        id: newId(ctx.now), kind: 'image', visibility: 'public', storage: 'library', key, owner_id: null, width: entry.width, height: entry.height, color: entry.dominantColor, created_at: ctx.now,
        variants: JSON.stringify(entry.variants.map((v) => ({ ...v, contentType: MIME[v.name.split('.')[1]!] ?? 'application/octet-stream' }))),
      })),
    );
    return Object.fromEntries((await q.publicByKeys(this.db, 'library', wanted)).map((row) => [row.key, row.id]));
  }

  async getMany(_ctx: Ctx, { ids }: { ids: string[] }): Promise<FileInfo[]> {
    return (await q.byIds(this.db, ids)).map(infoOf);
  }

  /** Takes an uploaded picture: re-encoded, never stored as it came. The same bytes give the same file. */
  async upload(ctx: Ctx, bytes: Buffer): Promise<FileInfo> {
    if (this.folder === undefined) throw fileErrors.NOT_FOUND();
    const picture = await makePicture(bytes);
    await keepPicture(this.folder, picture);
    await inTx(this.db, async (tx) => {
      const id = newId(ctx.now);
      const { key, width, height, color, variants } = picture;
      await q.insertFiles(tx, [{ id, kind: 'image', visibility: 'public', storage: 'folder', key, owner_id: ctx.actor, width, height, color, variants: JSON.stringify(variants), created_at: ctx.now }]);
      const [row] = await q.publicByKeys(tx, 'folder', [key]);
      if (row?.id === id) await record(tx, ctx, fileReady, infoOf(row));
    });
    const [row] = await q.publicByKeys(this.db, 'folder', [picture.key]);
    return infoOf(row!);
  }

  /** A public file's bytes in one of its sizes. Private and unknown ones are not found. */
  async bytes(id: string, variant: string): Promise<FileBytes> {
    const key = `${id}/${variant}`;
    const ready = this.#ready.get(key);
    if (ready) return ready;
    const [row] = await q.byIds(this.db, [id]);
    const found = row?.variants.find((v) => v.name === variant);
    const root = row?.storage === 'library' ? this.#library.folder : this.folder;
    if (!row || row.visibility !== 'public' || !found || root === undefined) throw fileErrors.NOT_FOUND();
    const made = { bytes: await readFile(path.join(root, row.key, variant)), contentType: found.contentType };
    this.#ready.set(key, made);
    return made;
  }
}

const infoOf = (row: q.FileRow): FileInfo => ({ id: row.id, kind: row.kind, visibility: row.visibility, width: row.width, height: row.height, color: row.color, variants: row.variants });

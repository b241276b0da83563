import { Inject, Injectable, Optional } from '@nestjs/common';
import { inTx, record, type Ctx, type Db, type Handlers } from '@um/kernel';
import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  FILE_FOLDER,
  FILE_REACH,
  fileErrors,
  fileReady,
  type DocumentInfo,
  type DownloadLink,
  type DownloadState,
  type file,
  type FileInfo,
  type NewDownload,
  type Reach,
} from './contract.js';
import { documentsById, rightStates } from './document.queries.js';
import { Documents } from './documents.service.js';
import { filesById, knownIds, putFiles, shownVariant } from './file.queries.js';
import { uploadId } from './file.rules.js';
import type { FileSchema } from './file.schema.js';
import { Library } from './library.js';
import { encodePicture } from './picture.js';
import { fetchPicture } from './remote.js';

/** A variant's bytes, ready to send. */
export interface Bytes {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

const CACHE_BYTES = 64 * 1024 * 1024;

/** Files: pictures of the library, pictures that sellers upload. */
@Injectable()
export class FileService implements Handlers<typeof file> {
  readonly #bytes = new LRUCache<string, Bytes>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ body }) => body.length + 256,
  });

  constructor(
    @Inject('file.db') private readonly db: Db<FileSchema>,
    @Inject(Library) private readonly library: Library,
    @Inject(Documents) private readonly sold: Documents,
    @Optional() @Inject(FILE_FOLDER) private readonly folder: string | undefined,
    @Optional() @Inject(FILE_REACH) private readonly reach: Reach | undefined,
  ) {}

  async fromLibrary(ctx: Ctx, { keys }: { keys: string[] }): Promise<Record<string, string>> {
    const found = await this.library.find(keys);
    const known = await knownIds(
      this.db,
      [...found.values()].map((info) => info.id),
    );
    const fresh = [...found]
      .filter(([, info]) => !known.has(info.id))
      .map(([key, info]) => ({ info, libraryKey: key, owner: null }));
    if (fresh.length > 0) await inTx(this.db, (tx) => putFiles(tx, fresh, ctx.now));
    return Object.fromEntries([...found].map(([key, info]) => [key, info.id]));
  }

  getMany(_ctx: Ctx, { ids }: { ids: string[] }): Promise<FileInfo[]> {
    return filesById(this.db, ids);
  }

  documents(_ctx: Ctx, { ids }: { ids: string[] }): Promise<DocumentInfo[]> {
    return documentsById(this.db, ids);
  }

  linkTo(ctx: Ctx, right: NewDownload): Promise<DownloadLink> {
    return this.sold.linkTo(ctx, right);
  }

  async withdraw(ctx: Ctx, { ids }: { ids: string[] }): Promise<Record<string, never>> {
    await this.sold.withdraw(ctx, ids);
    return {};
  }

  downloads(_ctx: Ctx, { ids }: { ids: string[] }): Promise<DownloadState[]> {
    return rightStates(this.db, ids);
  }

  /** The bytes of a public file's variant. Anything else is answered as if it did not exist. */
  async bytes(id: string, variant: string): Promise<Bytes> {
    const key = `${id}/${variant}`;
    const cached = this.#bytes.get(key);
    if (cached) return cached;
    const shown = await shownVariant(this.db, id, variant);
    if (!shown) throw fileErrors.NOT_FOUND();
    const body = await this.#read(
      shown.libraryKey === null ? this.#pathOf(id, variant) : this.library.pathOf(shown.libraryKey, variant),
    );
    const bytes = {
      body,
      contentType: shown.contentType,
      etag: `"${createHash('sha1').update(body).digest('base64url')}"`,
    };
    this.#bytes.set(key, bytes);
    return bytes;
  }

  async fromAddress(ctx: Ctx, { url, ownerId }: { url: string; ownerId: string }): Promise<{ id: string }> {
    const { id } = await this.#keep(ctx, ownerId, await fetchPicture(url, ctx.signal, this.reach));
    return { id };
  }

  /** Keeps a picture of a person. The same bytes again are the same file. */
  upload(ctx: Ctx, body: Buffer): Promise<FileInfo> {
    return this.#keep(ctx, ctx.actor!, body);
  }

  async #keep(ctx: Ctx, owner: string, body: Buffer): Promise<FileInfo> {
    const id = uploadId(owner, body);
    const [known] = await filesById(this.db, [id]);
    if (known) return known;
    const picture = await encodePicture(body);
    for (const variant of picture.variants) await this.#write(id, variant.name, variant.body);
    const variants = picture.variants.map(({ name, width, contentType, body: bytes }) => ({
      name,
      width,
      contentType,
      bytes: bytes.length,
    }));
    const info: FileInfo = {
      id,
      kind: 'image',
      visibility: 'public',
      width: picture.width,
      height: picture.height,
      color: picture.color,
      variants,
    };
    await inTx(this.db, async (tx) => {
      await putFiles(tx, [{ info, libraryKey: null, owner }], ctx.now);
      await record(tx, ctx, fileReady, info);
    });
    return info;
  }

  #pathOf(id: string, variant: string): string {
    if (this.folder === undefined) throw new Error('uploaded files have no folder: FILE_FOLDER is not provided');
    return path.join(this.folder, id.slice(0, 2), id, variant);
  }

  /** A picture may be gone from its folder: of a library that was drawn anew without it, of a backup that left it out. */
  async #read(file: string): Promise<Buffer> {
    try {
      return await readFile(file);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? fileErrors.NOT_FOUND() : error;
    }
  }

  /** A file appears whole or not at all. */
  async #write(id: string, variant: string, body: Buffer): Promise<void> {
    const target = this.#pathOf(id, variant);
    const draft = `${target}.${randomBytes(6).toString('hex')}`;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(draft, body);
    await rename(draft, target);
  }
}

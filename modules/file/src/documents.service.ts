import { Inject, Injectable, Optional } from '@nestjs/common';
import { HTTP_SECRET, inTx, type Ctx, type Db } from '@um/kernel';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyRequest } from 'fastify';
import { FILE_FOLDER, fileErrors, type DownloadLink, type NewDownload, type UploadedDocument } from './contract.js';
import { receiveDocument, type Draft } from './document-upload.js';
import {
  documentsById,
  dropRights,
  putDocument,
  putRight,
  rightById,
  useRight,
  type Right,
} from './document.queries.js';
import { documentType, isSigned, LINK_MS, signedPath } from './document.rules.js';
import { idOf } from './file.rules.js';
import type { FileSchema } from './file.schema.js';

/** An open document, ready to be sent. Whoever has it closes it. */
export interface OpenDocument {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly name: string;
  readonly contentType: string;
}

/** Documents that are sold: kept for nobody to see, fetched by whoever was given the right to. */
@Injectable()
export class Documents {
  constructor(
    @Inject('file.db') private readonly db: Db<FileSchema>,
    @Inject(HTTP_SECRET) private readonly secret: string,
    @Optional() @Inject(FILE_FOLDER) private readonly folder: string | undefined,
  ) {}

  /** Keeps a document of a person. The same bytes again are the same file. */
  async upload(ctx: Ctx, request: FastifyRequest): Promise<UploadedDocument> {
    const draft = await receiveDocument(request, this.#folder());
    try {
      return await this.#keep(ctx, draft);
    } finally {
      await rm(draft.path, { force: true });
    }
  }

  async #keep(ctx: Ctx, draft: Draft): Promise<UploadedDocument> {
    const ownerId = ctx.actor!;
    const id = idOf('document', ownerId, draft.digest);
    const variant = `whole.${draft.kind}`;
    const target = this.#pathOf(id, variant);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(draft.path, target);
    const fresh = { id, ownerId, name: draft.name, bytes: draft.bytes, contentType: documentType(draft.kind), variant };
    await inTx(this.db, (tx) => putDocument(tx, fresh, ctx.now));
    const { ownerId: _ownerId, ...kept } = (await documentsById(this.db, [id]))[0]!;
    return kept;
  }

  /** Gives a right and an address for it. A right that is there keeps its terms. */
  async linkTo(ctx: Ctx, right: NewDownload): Promise<DownloadLink> {
    await inTx(this.db, (tx) => putRight(tx, right));
    const now = (await rightById(this.db, right.id))!;
    refuse(now, ctx.now);
    const expires = Math.min(ctx.now.getTime() + LINK_MS, now.until!.getTime());
    return {
      url: signedPath(this.secret, right.id, expires),
      expiresAt: new Date(expires).toISOString(),
      left: now.most - now.used,
    };
  }

  async withdraw(ctx: Ctx, ids: readonly string[]): Promise<void> {
    await inTx(this.db, (tx) => dropRights(tx, ids, ctx.now));
  }

  /** Opens what an address is for and, when it is really fetched, uses the right once. An address that we did not make leads nowhere. */
  async open(
    ctx: Ctx,
    link: { id: string; expires: number; signature: string },
    counts: boolean,
  ): Promise<OpenDocument> {
    if (!isSigned(this.secret, link.id, link.expires, link.signature)) throw fileErrors.NOT_FOUND();
    if (link.expires <= ctx.now.getTime()) throw fileErrors.LINK_EXPIRED();
    const right = await rightById(this.db, link.id);
    if (!right) throw fileErrors.NOT_FOUND();
    refuse(right, ctx.now);
    const handle = await this.#open(right);
    try {
      if (counts && !(await useRight(this.db, link.id, ctx.now))) refuse((await rightById(this.db, link.id))!, ctx.now);
      const { size } = await handle.stat();
      return { handle, bytes: size, name: right.name!, contentType: right.contentType! };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async #open(right: Right): Promise<FileHandle> {
    try {
      return await open(this.#pathOf(right.fileId!, right.variant!), 'r');
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? fileErrors.NOT_FOUND() : error;
    }
  }

  #pathOf = (id: string, variant: string): string => path.join(this.#folder(), id.slice(0, 2), id, variant);

  #folder(): string {
    if (this.folder === undefined) throw new Error('documents have no folder: FILE_FOLDER is not provided');
    return this.folder;
  }
}

/** Says why a right may not be used now; does nothing when it may. */
function refuse(right: Right, now: Date): void {
  if (right.withdrawn || right.until === null) throw fileErrors.WITHDRAWN();
  if (right.until <= now) throw fileErrors.ACCESS_ENDED();
  if (right.used >= right.most) throw fileErrors.USED_UP();
}

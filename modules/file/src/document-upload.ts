import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileErrors } from './contract.js';
import { documentKind, documentName, HEAD_BYTES, type DocumentKind } from './document.rules.js';

const MOST_BYTES = 100 * 1024 * 1024;

/** A document that lies in a file of its own until it is kept or thrown away. */
export interface Draft {
  readonly path: string;
  readonly name: string;
  readonly kind: DocumentKind;
  readonly bytes: number;
  /** SHA-256 of the bytes. */
  readonly digest: string;
}

/**
 * Writes the one file of a form into a folder, never holding it in memory. Raises `file.NO_FILE`, `file.DOCUMENT_TOO_LARGE` and
 * `file.NOT_A_DOCUMENT`; then nothing is left behind.
 */
export async function receiveDocument(request: FastifyRequest, folder: string): Promise<Draft> {
  if (!request.isMultipart()) throw fileErrors.NO_FILE();
  const part = await request.file({ limits: { fileSize: MOST_BYTES } });
  if (!part) throw fileErrors.NO_FILE();
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, `draft.${randomBytes(9).toString('hex')}`);
  try {
    const measured = measure();
    await pipeline(part.file, measured.through, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    if (part.file.truncated) throw fileErrors.DOCUMENT_TOO_LARGE();
    const { head, bytes, digest } = measured.result();
    const kind = documentKind(head);
    if (!kind) throw fileErrors.NOT_A_DOCUMENT();
    return { path: draft, name: documentName(part.filename, kind), kind, bytes, digest };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Looks at bytes that go through: how they begin, how many there are, their digest. */
function measure() {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      done(null, chunk);
    },
  });
  return { through, result: () => ({ head, bytes, digest: hash.digest('hex') }) };
}

import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { fileErrors } from './contract.js';

/** A picture from a phone is smaller. */
const MOST_BYTES = 10 * 1024 * 1024;

/** The one file of a form. Raises `file.NO_FILE` and `file.TOO_LARGE`. */
export async function fileOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw fileErrors.NO_FILE();
  const part = await request.file({ limits: { fileSize: MOST_BYTES } });
  if (!part) throw fileErrors.NO_FILE();
  try {
    return await part.toBuffer();
  } catch (error) {
    if (part.file.truncated) throw fileErrors.TOO_LARGE();
    throw error;
  }
}

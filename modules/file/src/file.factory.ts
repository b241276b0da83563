import type { UploadedDocument } from './contract.js';

/** What the helper needs of a platform under test. */
interface UploadsUnderTest {
  readonly fastify: {
    inject(request: {
      method: 'POST';
      url: string;
      cookies: Record<string, string>;
      payload: Buffer;
      headers: Record<string, string>;
    }): Promise<{ statusCode: number; json<T>(): T }>;
  };
}

/** Bytes that pass for a PDF. */
export const aPdf = (words = 'twelve paper boats to fold'): Buffer => Buffer.from(`%PDF-1.7 ${words}`);

/** Uploads a document as a seller's browser does. */
export async function uploadDocument(
  { fastify }: UploadsUnderTest,
  who: { readonly cookies: ReadonlyMap<string, string> },
  body: Buffer = aPdf(),
  name = 'book.pdf',
): Promise<{ status: number; body: UploadedDocument & { code?: string } }> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(body)]), name);
  const sent = new Response(form);
  const response = await fastify.inject({
    method: 'POST',
    url: '/api/v1/files/documents',
    cookies: Object.fromEntries(who.cookies),
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: { 'content-type': sent.headers.get('content-type')!, 'x-csrf-token': who.cookies.get('um_csrf') ?? '' },
  });
  return { status: response.statusCode, body: response.json() };
}

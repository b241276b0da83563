import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bytes in the forms a browser may ask for. */
export interface Sendable {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/** Sends bytes in the best compression both sides know, or 304 when the browser has them. */
export function sendBytes(request: FastifyRequest, reply: FastifyReply, thing: Sendable): FastifyReply {
  void reply.header('etag', thing.etag).header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === thing.etag) return reply.status(304).send();
  const accepted = request.headers['accept-encoding'] ?? '';
  void reply.type(thing.type);
  if (thing.br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(thing.br);
  if (thing.gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(thing.gzip);
  return reply.send(thing.body);
}

import { themeScript } from '@um/ui/theme';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBuild, type BuiltFile } from './server/files.js';

export interface AdminOptions {
  /** Where the build is; beside this package's sources when left out. */
  readonly built?: string | undefined;
}

const ownBuild = fileURLToPath(new URL('../dist/client', import.meta.url));
const themeHash = createHash('sha256').update(themeScript).digest('base64');

/** Only our own scripts run, nobody frames the panel, nothing is asked of the device. */
const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    `script-src 'self' 'sha256-${themeHash}'`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cache-control': 'no-cache',
};

/** Adds the panel to a server: its files under `/admin/assets`, and the one page at every other GET address under `/admin`. Needs the build (`npm run build` here). */
export async function registerAdmin(fastify: FastifyInstance, options: AdminOptions = {}): Promise<void> {
  const directory = options.built ?? ownBuild;
  const { files, page } = await readBuild(directory, join(directory, 'index.html'), `<script>${themeScript}</script>`);
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?')[0]!;
    const file = files.get(path);
    if (file) return send(request, reply.header('cache-control', 'public, max-age=31536000, immutable'), file);
    if (path.startsWith('/admin/assets/')) {
      reply.callNotFound();
      return reply;
    }
    return send(request, reply.headers(pageHeaders), page);
  };
  fastify.get('/admin', answer);
  fastify.get('/admin/*', answer);
}

/** Sends bytes in the best compression both sides know, or 304 when the browser has them. */
function send(request: FastifyRequest, reply: FastifyReply, file: BuiltFile): FastifyReply {
  void reply.header('etag', file.etag).header('vary', 'accept-encoding').type(file.type);
  if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
  const accepted = request.headers['accept-encoding'] ?? '';
  if (file.br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.br);
  if (file.gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gzip);
  return reply.send(file.body);
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_HEADERS } from '../http/hooks.js';
import { pickLocale, textFor, type Locale } from '../text.js';
import { limitErrors } from './limit-errors.js';

const AGAIN = { uz: 'Qayta urinish', ru: 'Попробовать снова', en: 'Try again' };
const STYLE =
  'body{margin:0;min-height:100vh;display:grid;place-content:center;gap:1.5rem;padding:1.5rem;box-sizing:border-box;text-align:center;' +
  'font:1.125rem/1.5 system-ui,sans-serif;background:#faf5ee;color:#14282b}p{margin:0;max-width:28rem}' +
  'a{justify-self:center;padding:.75rem 1.5rem;border-radius:2rem;background:#0e5c64;color:#fff;font-weight:600;text-decoration:none}' +
  '@media(prefers-color-scheme:dark){body{background:#0e1719;color:#eef3f3}a{background:#5bc8c3;color:#08282b}}';

/** The page's own language: its address begins with it, or the browser says it. */
function localeOf({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): Locale {
  return pickLocale(/^\/(uz-Cyrl|ru|en)(?:[/?]|$)/.exec(url)?.[1], headers['accept-language']);
}

/** Tells somebody who asked for too many pages to come back in a moment. It needs nothing of the shop, which has no time for it. */
export function sendRefusalPage(request: FastifyRequest, reply: FastifyReply, seconds: number): void {
  const locale = localeOf(request);
  const page = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>UltraMarket</title><style>${STYLE}</style></head>
<body><p role="alert">${textFor(limitErrors.TOO_MANY().text, locale)}</p><a href="">${textFor(AGAIN, locale)}</a></body></html>`;
  void reply
    .status(429)
    .headers({ ...PAGE_HEADERS, 'retry-after': String(seconds), 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(page);
}

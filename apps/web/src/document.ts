import { themeScript } from '@um/ui';
import { localePath, webLocales, type Locale } from './i18n/locale.js';
import type { Head } from './router/page.js';

/** Files of the build that a page needs. */
export interface PageAssets {
  readonly entry: string;
  /** Scripts the page will ask for: fetched along with the first one. */
  readonly preload: readonly string[];
  readonly styles: readonly string[];
  /** The font file for the language. */
  readonly fonts: readonly string[];
}

export interface DocumentParts {
  readonly locale: Locale;
  readonly path: string;
  readonly search: string;
  readonly origin: string;
  readonly child: boolean;
  readonly head: Head;
  readonly brand: string;
  readonly body: string;
  /** What the browser needs to go on from here. */
  readonly state: unknown;
  readonly assets: PageAssets;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string): string => value.replace(/[&<>"]/g, (sign) => escapes[sign]!);
/** JSON that cannot end the script element it stands in. */
const data = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');

/** The page as HTML, ready to send. */
export function htmlDocument(parts: DocumentParts): string {
  const { locale, head, assets, child, brand } = parts;
  const title = head.title === brand ? brand : `${head.title} · ${brand}`;
  return [
    `<!doctype html><html lang="${locale}"${child ? ' data-mode="child"' : ''}><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${text(title)}</title>`,
    head.description ? `<meta name="description" content="${text(head.description)}">` : '',
    head.hidden ? '<meta name="robots" content="noindex">' : searchLinks(parts, title),
    '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf6ef"><meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1719">',
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"><link rel="manifest" href="/manifest.webmanifest">',
    `<script>${themeScript}</script>`,
    ...assets.styles.map((href) => `<link rel="stylesheet" href="${href}">`),
    ...assets.fonts.map((href) => `<link rel="preload" as="font" type="font/woff2" href="${href}" crossorigin>`),
    `<script type="module" src="${assets.entry}"></script>`,
    ...assets.preload.map((href) => `<link rel="modulepreload" href="${href}">`),
    ...(head.jsonLd ?? []).map((thing) => `<script type="application/ld+json">${data(thing)}</script>`),
    `</head><body><div id="app">${parts.body}</div><script type="application/json" id="um-state">${data(parts.state)}</script></body></html>`,
  ].join('');
}

/** What search engines and messengers read: the page's one address, its other languages, its card. */
function searchLinks({ locale, path, origin, head, brand }: DocumentParts, title: string): string {
  const place = head.canonical ?? path;
  const at = (code: Locale): string => text(origin + localePath(code, place));
  const image = text(head.image ? new URL(head.image, origin).href : `${origin}/icons/icon-512.png`);
  return [
    `<link rel="canonical" href="${at(locale)}">`,
    ...webLocales.map((code) => `<link rel="alternate" hreflang="${code}" href="${at(code)}">`),
    `<link rel="alternate" hreflang="x-default" href="${at('uz')}">`,
    `<meta property="og:site_name" content="${brand}"><meta property="og:type" content="website"><meta property="og:title" content="${text(title)}">`,
    head.description ? `<meta property="og:description" content="${text(head.description)}">` : '',
    `<meta property="og:url" content="${at(locale)}"><meta property="og:image" content="${image}"><meta property="og:locale" content="${{ uz: 'uz_UZ', 'uz-Cyrl': 'uz_UZ', ru: 'ru_RU', en: 'en_US' }[locale]}">`,
  ].join('');
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageAssets } from '../document.js';
import type { Locale } from '../i18n/locale.js';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

type Script = 'latin' | 'cyrillic' | 'cyrillic-ext';
/** The fonts that a page of a language cannot do without. қ, ғ and ҳ stand among the extended letters. */
const SCRIPTS: Record<Locale, readonly Script[]> = {
  uz: ['latin'],
  'uz-Cyrl': ['latin', 'cyrillic', 'cyrillic-ext'],
  ru: ['latin', 'cyrillic'],
  en: ['latin'],
};
const ENTRY = 'src/entry-client.tsx';

/** Tells which built files a page needs, from the build's manifest. */
export async function readAssets(
  clientDirectory: string,
): Promise<(files: readonly string[], locale: Locale) => PageAssets> {
  const manifest = JSON.parse(await readFile(join(clientDirectory, '.vite/manifest.json'), 'utf8')) as Manifest;
  const entry = manifest[ENTRY];
  if (!entry) throw new Error('The storefront has not been built: its manifest lacks the entry');
  const known = closure(manifest, [ENTRY]);
  const fonts = fontsOf(Object.values(manifest));
  return (files, locale) => ({
    entry: `/${entry.file}`,
    styles: (entry.css ?? []).map((file) => `/${file}`),
    preload: [...new Set([...known, ...closure(manifest, files)])]
      .map((key) => `/${manifest[key]!.file}`)
      .filter((file) => file !== `/${entry.file}`),
    fonts: SCRIPTS[locale].map((script) => fonts[script]),
  });
}

/** The given chunks with everything they import. */
function closure(manifest: Manifest, keys: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(key)) return;
    found.add(key);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return found;
}

function fontsOf(chunks: readonly Chunk[]): Record<Script, string> {
  const files = chunks.flatMap((chunk) => [chunk.file, ...(chunk.assets ?? [])]);
  const find = (script: Script): string => {
    const file = files.find((name) => name.includes(`onest-${script}-wght`));
    if (!file) throw new Error(`The build lacks the ${script} font`);
    return `/${file}`;
  };
  return { latin: find('latin'), cyrillic: find('cyrillic'), 'cyrillic-ext': find('cyrillic-ext') };
}

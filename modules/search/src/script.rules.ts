import { textFor, type Locale, type LocalText } from '@um/kernel';
import { cyrillic } from '@um/kernel/uzbek';

/**
 * An answer in the reader's script. What the database answers is ready for every language but Cyrillic Uzbek: there it holds
 * whole texts, which are written here, the product's brand left as it is.
 */
export function scripted(locale: Locale, answer: Buffer): Buffer {
  if (locale !== 'uz-Cyrl') return answer;
  const { corrected, ...told } = JSON.parse(answer.toString('utf8')) as Readonly<Record<string, unknown>>;
  // What was typed is looked for again as it stands: either alphabet finds the same.
  const meant = typeof corrected === 'string' ? { corrected: cyrillic(corrected) } : { corrected };
  return Buffer.from(JSON.stringify({ ...(written(told, []) as object), ...(corrected === undefined ? {} : meant) }));
}

function written(value: unknown, keep: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => written(item, keep));
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return textFor(value, 'uz-Cyrl', keep);
  const names = 'brand' in value && typeof value.brand === 'string' ? [value.brand] : keep;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner, names)]));
}

const isText = (value: object): value is LocalText =>
  'uz' in value && typeof value.uz === 'string' && 'ru' in value && 'en' in value;

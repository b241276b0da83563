import { plainLatin } from '@um/kernel/uzbek';

/** Letters that fold otherwise than they are read: the newly proposed ones, and ц, which sounds s in most words. */
const FOLDED: Readonly<Record<string, string>> = { ş: 'sh', š: 'sh', ç: 'ch', č: 'ch', ц: 's' };

/** Spellings of one sound. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/kh|x/g, 'h'],
  [/gh/g, 'g'],
  [/zh|dj/g, 'j'],
  [/w/g, 'v'],
  [/ts/g, 's'],
  [/ye/g, 'e'],
];

/**
 * The search key of a text: Uzbek in either alphabet, with any apostrophe and in the newly proposed letters, comes out the
 * same. Lower-case Latin words and figures with single spaces between them. Index and query are folded alike.
 */
export function fold(text: string): string {
  // A spelling can make another one (kx, kh, h): what is folded once more must stay as it is.
  const next = foldOnce(text);
  return next === text ? text : fold(next);
}

function foldOnce(text: string): string {
  const bare = plainLatin(text, FOLDED)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return SOUNDS.reduce((folded, [spelling, sound]) => folded.replace(spelling, sound), bare);
}

/** A text for the Russian stemmer, where ё is written as е more often than not. */
export const plainRussian = (text: string): string => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е');

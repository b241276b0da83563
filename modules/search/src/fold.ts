/** Everything people type for the apostrophe of oʻ, gʻ and the tutuq belgisi: one sign to us. */
const APOSTROPHES = /['`´ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵՚Ꞌꞌ＇｀]/gu;

const LETTERS: Readonly<Record<string, string>> = {
  õ: 'o',
  ö: 'o',
  ŏ: 'o',
  ō: 'o',
  ğ: 'g',
  ş: 'sh',
  š: 'sh',
  ç: 'ch',
  č: 'ch',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'x',
  ц: 's',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  ў: 'o',
  қ: 'q',
  ғ: 'g',
  ҳ: 'h',
};

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
  // Apostrophes go first: NFKC would turn U+00B4 into a space and a combining accent.
  const plain = text.replace(APOSTROPHES, '').normalize('NFKC').toLowerCase();
  const latin = [...plain].map((letter) => LETTERS[letter] ?? letter).join('');
  const bare = latin
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return SOUNDS.reduce((folded, [spelling, sound]) => folded.replace(spelling, sound), bare);
}

/** A text for the Russian stemmer, where ё is written as е more often than not. */
export const plainRussian = (text: string): string => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е');

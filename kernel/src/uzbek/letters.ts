/** Everything people type for the apostrophe of oʻ, gʻ and the tutuq belgisi, as the inside of a class: one sign to us. */
export const APOSTROPHES = "'`´ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵՚Ꞌꞌ＇｀";
const APOSTROPHE = new RegExp(`[${APOSTROPHES}]`, 'gu');

/** Cyrillic letters, Uzbek and Russian, in plain Latin ones without any apostrophe. */
const PLAIN: Readonly<Record<string, string>> = {
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
  ц: 'ts',
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

/**
 * A text in lower-case letters without apostrophes and marks, its Cyrillic in plain Latin. `also` says what else letters
 * become before their marks go. For keys and addresses, never for reading.
 */
export function plainLatin(text: string, also: Readonly<Record<string, string>> = {}): string {
  // Apostrophes go first: NFKC would turn U+00B4 into a space and a combining accent.
  const lower = text.replace(APOSTROPHE, '').normalize('NFKC').toLowerCase();
  const latin = [...lower].map((letter) => also[letter] ?? PLAIN[letter] ?? letter).join('');
  return latin.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

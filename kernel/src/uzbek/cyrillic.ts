import { APOSTROPHES } from './letters.js';
import { ABBREVIATIONS, BEGINNINGS, NAMES } from './words.js';

const ANY = `[${APOSTROPHES}]`;
const VOWEL = /[aeiouаеёиоуэюяў]$/;

/** Spellings and the letters they are, the longest first. The Cyrillic letter that stands before decides where it must. */
const SPELLINGS: readonly (readonly [RegExp, string | ((before: string) => string)])[] = [
  [new RegExp(`^s${ANY}h`, 'u'), 'сҳ'],
  [new RegExp(`^yo${ANY}`, 'u'), 'йў'],
  [new RegExp(`^o${ANY}`, 'u'), 'ў'],
  [new RegExp(`^g${ANY}`, 'u'), 'ғ'],
  [/^ts(?=iya|ion|ent|ess|enz)/, 'ц'],
  [/^ks(?=iya|ion)/, 'кц'],
  [/^sh/, 'ш'],
  [/^ch/, 'ч'],
  [/^yo/, 'ё'],
  [/^yu/, 'ю'],
  [/^ya/, 'я'],
  [/^ye/, (before) => (before === '' || VOWEL.test(before) ? 'е' : 'ъе')],
  [/^e/, (before) => (before === '' || VOWEL.test(before) ? 'э' : 'е')],
  [new RegExp(`^${ANY}`, 'u'), 'ъ'],
];
const LETTERS = 'abdfghijklmnopqrstuvxyz';
const CYRILLIC = 'абдфгҳижклмнопқрстувхйз';

/** Pieces of a text that are no words: elements of a page and gaps to be filled. */
const MARKUP = /(<\/?[a-zA-Z][^<>]*>|\{\{[^{}]*\}\}|\$?\{[^{}]*\})/;
/**
 * Addresses of pages, letters and files, codes with an underscore or with a figure in them. A run may be as long as a text:
 * nothing here looks at a sign more than a few times.
 */
const CODE =
  /:\/\/|^www\.|@|^[("«]*\/\p{L}|_|[=\\&%#~]|\p{L}{2}\.\p{L}{2}|\p{L}[-.]?\p{N}|\p{N}\p{L}|^[^\p{L}]*(?<!\p{N})\p{N}[\p{L}\p{N}]*-[^-]*-/u;
/** Words with their apostrophes; one at the end belongs to an o or a g. */
const WORD = new RegExp(`\\p{Script=Latin}+(?:${ANY}\\p{Script=Latin}+)*(?:(?<=[oOgG])${ANY})?`, 'gu');
const FOREIGN = /[^a-z]|c(?!h)|w/;
const APOSTROPHE = new RegExp(ANY, 'gu');
const QUOTES = new Set(["''", '``', '‘’', '’’', '`´']);

/**
 * Uzbek in Latin letters as it is written in Cyrillic. Figures, addresses, codes, gaps (`{name}`), words in capitals and names
 * that are read in Latin stay; so does each of `keep`, such as the brand of the product that the text is about. What is in
 * Cyrillic already is not changed.
 */
export function cyrillic(text: string, keep: readonly string[] = []): string {
  if (!/[A-Za-z]/.test(text)) return text;
  const kept = keep.filter((name) => /[A-Za-z]/.test(name));
  if (kept.length === 0) return plain(text);
  const names = kept
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`))
    .join('|');
  return text
    .split(new RegExp(`(?<![\\p{L}\\p{N}])(${names})(?![\\p{L}\\p{N}])`, 'iu'))
    .map((piece, n) => (n % 2 === 1 ? piece : plain(piece)))
    .join('');
}

const plain = (text: string): string =>
  text
    .split(MARKUP)
    .map((piece, n) =>
      n % 2 === 1 ? piece : piece.replaceAll(/\S+/g, (run) => (CODE.test(run) ? run : writtenRun(run))),
    )
    .join('');

/** A run without spaces; next to a Latin name (Wi-Fi, Type-C) what begins with a capital is of the name. */
function writtenRun(run: string): string {
  const named = /[-&+]/.test(run) && (run.match(WORD) ?? []).some(staysLatin);
  return run.replaceAll(WORD, (word, at: number) => wordIn(run, word, at, named));
}

function wordIn(run: string, word: string, at: number, named: boolean): string {
  if (staysLatin(word)) return word;
  if (named && /\p{Lu}/u.test(word[0]!) && /[-&+]/.test(`${run[at - 1] ?? ''}${run[at + word.length] ?? ''}`))
    return word;
  // A pair of quotes around a word is no letter of it.
  const pair = `${run[at - 1] ?? ''}${word.at(-1)!}`;
  return QUOTES.has(pair) ? written(word.slice(0, -1)) + pair[1]! : written(word);
}

function staysLatin(word: string): boolean {
  const bare = word.replaceAll(APOSTROPHE, '');
  if (NAMES.has(bare.toLowerCase()) || FOREIGN.test(bare.toLowerCase()) || /\p{Ll}\p{Lu}/u.test(bare)) return true;
  if (/\p{Ll}/u.test(bare) || bare !== word) return false;
  return bare.length > 1 ? !ABBREVIATIONS.has(bare) : !/[AOU]/.test(bare);
}

function written(word: string): string {
  const lower = word.toLowerCase();
  const capitals = word.length > 1 && word === word.toUpperCase();
  const known = BEGINNINGS.find(([begins]) => begins.test(lower));
  let at = known ? known[0].exec(lower)![0].length : 0;
  let made = known?.[1] ?? '';
  if (known?.[2] && at === lower.length) made += known[2];
  if (known && /^\p{Lu}/u.test(word)) made = made[0]!.toUpperCase() + made.slice(1);
  while (at < lower.length) {
    const [length, letters] = next(lower.slice(at), (made.at(-1) ?? '').toLowerCase());
    made += /\p{Lu}/u.test(word[at]!) ? letters[0]!.toUpperCase() + letters.slice(1) : letters;
    at += length;
  }
  return capitals ? made.toUpperCase() : made;
}

/** How many signs the next letters take, and what they are. */
function next(rest: string, before: string): [number, string] {
  for (const [spelling, letters] of SPELLINGS) {
    const found = spelling.exec(rest);
    if (found) return [found[0].length, typeof letters === 'string' ? letters : letters(before)];
  }
  return [1, CYRILLIC[LETTERS.indexOf(rest[0]!)] ?? rest[0]!];
}

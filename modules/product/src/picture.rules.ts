import type { LocalText } from '@um/kernel';
import type { Reason } from './import-reasons.js';

/** Of a picture without a text of its own. */
export const NO_WORDS: LocalText = { uz: '', ru: '', en: '' };
/** What pictures show, by what names them: a key, an address, the id of a file. */
export type Alts = Readonly<Record<string, LocalText>>;

const says = (words: LocalText): boolean => `${words.uz}${words.ru}${words.en}` !== '';

/** The texts of a line by its pictures' names, and by the files that stand for them already. */
export function altsOf(
  { pictures, pictureAlts }: { readonly pictures: readonly string[]; readonly pictureAlts: readonly LocalText[] },
  found: ReadonlyMap<string, string>,
): Alts {
  const told = pictures.flatMap((name, place) => {
    const words = pictureAlts[place] ?? NO_WORDS;
    const file = found.get(name);
    return says(words) ? [[name, words] as const, ...(file === undefined ? [] : [[file, words] as const])] : [];
  });
  return Object.fromEntries(told);
}

/** The texts of pictures in their order, as a line tells them. */
export function altsInOrder(names: readonly string[], alts: Alts): LocalText[] {
  const all = names.map((name) => alts[name] ?? NO_WORDS);
  return all.slice(0, all.findLastIndex(says) + 1);
}

/** True for the address of a picture; anything else is a key or an id. */
export const isAddress = (picture: string): boolean => /^https?:\/\//i.test(picture);

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 30_000;

/** When a picture is asked for again after its n-th failure, in ms from now; undefined when it is given up. */
export const waitAfter = (tries: number): number | undefined =>
  tries >= MOST_TRIES ? undefined : FIRST_WAIT_MS * 4 ** (tries - 1);

/** Failures that no further try mends, by what the file context calls them. */
const FINAL: Readonly<Record<string, Reason>> = {
  'file.BAD_ADDRESS': 'PICTURE_ADDRESS',
  'file.TOO_LARGE': 'PICTURE_TOO_LARGE',
  'file.TOO_SMALL': 'PICTURE_TOO_SMALL',
  'file.NOT_AN_IMAGE': 'NO_PICTURE',
};

/** Why a picture is given up after a failure; undefined when it is worth another try. */
export function givenUp(code: string, tries: number): Reason | undefined {
  return FINAL[code] ?? (waitAfter(tries) === undefined ? 'PICTURE_UNREACHABLE' : undefined);
}

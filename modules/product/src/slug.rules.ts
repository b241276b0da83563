const CYRILLIC: Readonly<Record<string, string>> = {
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
const APOSTROPHES = /['`´ʹ-ʿˈˊˋ‘-‛′‵՚Ꞌꞌ＇｀]/gu;
const LONGEST = 80;

/** The words of a title as they stand in an address: Latin letters, digits and single hyphens, at most 80 characters. */
export function slugOf(title: string): string {
  const latin = [...title.replace(APOSTROPHES, '').normalize('NFKC').toLowerCase()]
    .map((letter) => CYRILLIC[letter] ?? letter)
    .join('');
  const plain = latin.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const words = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return shortened(words) || 'product';
}

/** Cut at a word where there is one, so that an address never ends in half a word. */
function shortened(words: string): string {
  if (words.length <= LONGEST) return words;
  const cut = words.slice(0, LONGEST + 1);
  const end = cut.lastIndexOf('-');
  return end > 0 ? cut.slice(0, end) : cut.slice(0, LONGEST);
}

/** Gives each product a slug nobody has; of equal titles all but the first carry a piece of the product's id. */
export function uniqueSlugs(
  wanted: readonly { id: string; title: string }[],
  taken: ReadonlySet<string>,
): Map<string, string> {
  const used = new Set(taken);
  return new Map(
    wanted.map(({ id, title }) => {
      const plain = slugOf(title);
      const slug = used.has(plain) ? `${plain}-${id.slice(-8)}` : plain;
      used.add(slug);
      return [id, slug];
    }),
  );
}

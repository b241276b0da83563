// A judged set: what is looked for, and how good each product is as an answer.

/** A product as it is searched. */
export interface Title {
  readonly id: string;
  readonly category: string;
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
  readonly brand: string;
}
/** A query with the grades, 1 to 3, of the products that answer it. */
export interface Judged {
  readonly query: string;
  readonly grades: ReadonlyMap<string, number>;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/['`ʻʼ‘’«»"]/g, '');

/** Reads `queries.txt`: grades by conditions over the titles. */
export function judge(lines: string, titles: readonly Title[]): Judged[] {
  const texts = titles.map((title) => ({ ...title, text: ` ${plain(`${title.uz} ${title.ru} ${title.en}`)}` }));
  const holds = (title: (typeof texts)[number], token: string): boolean => {
    if (token.startsWith('#')) return title.id === token.slice(1);
    if (token.startsWith('@'))
      return title.category === token.slice(1) || title.category.startsWith(`${token.slice(1)}.`);
    return title.text.includes(` ${plain(token)}`);
  };
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [query, rules] = line.split(' = ');
      const grades = new Map<string, number>();
      for (const rule of rules!.split(' ; ')) {
        const [grade, conditions] = rule.trim().split(': ');
        for (const condition of conditions!.split(' | ')) {
          const tokens = condition.trim().split(/\s+/);
          for (const title of texts)
            if (tokens.every((token) => holds(title, token)))
              grades.set(title.id, Math.max(grades.get(title.id) ?? 0, Number(grade)));
        }
      }
      return { query: query!.trim(), grades };
    });
}

/** Reads a judged set of tab-separated lines: query, id, grade. */
export function judgedLines(lines: string): Judged[] {
  const byQuery = new Map<string, Map<string, number>>();
  for (const line of lines.split('\n').filter(Boolean)) {
    const [query, id, grade] = line.split('\t');
    const grades = byQuery.get(query!) ?? new Map<string, number>();
    grades.set(id!, Number(grade));
    byQuery.set(query!, grades);
  }
  return [...byQuery].map(([query, grades]) => ({ query, grades }));
}

/** A stream of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ALPHABETS = ['abcdefghijklmnopqrstuvwxyz', 'абвгдежзийклмнопрстуфхцчшщъыьэюя'];

/** The query with one slip: in a word of four letters or more a letter lost, added, changed, or swapped with its neighbour. */
export function withTypo(query: string, seed: number): string {
  const random = chance(seed);
  const words = [...query.matchAll(/\p{L}{4,}/gu)];
  const word = words[Math.floor(random() * words.length)];
  if (!word) return query;
  const letters = [...word[0]];
  const at = Math.floor(random() * letters.length);
  const alphabet = ALPHABETS.find((one) => one.includes(letters[at]!.toLowerCase())) ?? ALPHABETS[0]!;
  const letter = alphabet[Math.floor(random() * alphabet.length)]!;
  const kind = Math.floor(random() * 4);
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) letters.splice(at, 0, letter);
  else if (kind === 2) letters[at] = letter;
  else {
    const left = Math.min(at, letters.length - 2);
    [letters[left], letters[left + 1]] = [letters[left + 1]!, letters[left]!];
  }
  return query.slice(0, word.index) + letters.join('') + query.slice(word.index + word[0].length);
}

const AT = 10;
const gain = (grades: readonly number[]): number =>
  grades.slice(0, AT).reduce((sum, grade, n) => sum + (2 ** grade - 1) / Math.log2(n + 2), 0);

/** NDCG@10: what the first ten answers are worth, as a share of the best ten there are. */
export function ndcg(found: readonly string[], { grades }: Judged): number {
  const best = gain([...grades.values()].toSorted((a, b) => b - a));
  return best === 0 ? 0 : gain(found.map((id) => grades.get(id) ?? 0)) / best;
}

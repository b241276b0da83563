import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measured } from './measure.rules.js';
import { nameWords, slipsOf } from './name.rules.js';
import { parseQuery } from './query.rules.js';
import { keptMeasure, measureOf, pageOf, ranking, type Candidate } from './rank.rules.js';
import { Matcher, rarity, textScore, WEIGHTS } from './score.rules.js';
import { aDoc } from './search.factory.js';
import { correctedText, readingOf, type WordFacts } from './terms.rules.js';
import { meantWords, slipCost } from './typo.rules.js';
import { queryWords, searchText, tokensOf } from './words.rules.js';

const NOW = new Date('2026-03-02T08:00:00Z');
const known = (products: number): WordFacts => ({
  exact: products,
  stemmed: 0,
  near: [],
  begins: [],
  joined: 0,
  parts: null,
  synonyms: [],
});
const near = (word: string, products = 5) => ({ word, shown: word, products });
const text = (words: string) => ({ uz: words, ru: words, en: words });
const namesOf = (title: string, over: object = {}) =>
  nameWords(aDoc({ title: text(title), categoryNames: [], ...over }), []).names;
/** How well a title fits a query whose words are equally rare. */
const fit = (title: string, query: string, over: object = {}): number => {
  const words = queryWords(query);
  const { terms } = readingOf(
    words,
    words.map(() => known(10)),
    1_000,
  );
  return textScore(namesOf(title, over), new Matcher(terms)).points;
};

describe('figures and units', () => {
  test.each([
    ['2 in. x 4 in. x 8 ft.', '2x4x8 ft'],
    ['60-Watt', '60w'],
    ['1/2 inch', '1/2"'],
    ['10 ft', "10'"],
    ['1,000 pieces', '1000 pcs'],
    ['2.5 kg', '2,5 кг'],
    ['150×200 sm', '150 x 200 cm'],
  ])('%s is %s', (one, other) => {
    const telling = (of: string) =>
      searchText(of)
        .split(' ')
        .filter((word) => word !== 'in');
    expect(telling(one)).toEqual(telling(other));
  });
  test('leave other texts alone', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'abc ʻx.-"') }), (words) => measured(words) === words));
  });
  test('a text that is measured stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'12 x/.,in"ft') }), (words) => {
        const once = searchText(words);
        expect(searchText(once)).toBe(once);
      }),
    );
  });
});

describe('the stem of a word', () => {
  test.each([
    ['uz', 'bolalarga', 'bola'],
    ['uz', 'oyinchoqlar', 'oyinchoq'],
    ['uz', 'mashinalardan', 'mashina'],
    ['uz', 'top', 'top'],
    ['uz', 'dallar', 'dallar'],
    ['ru', 'лошадками', 'loshadk'],
    ['ru', 'ёлки', 'elk'],
    ['en', 'horses', 'hors'],
    ['en', 'R2D2', 'r2d2'],
  ] as const)('in %s of %s is %s', (language, word, stem) => expect(tokensOf(word, language)[0]!.stem).toBe(stem));
});

describe('a query', () => {
  test('has words, phrases, and words that are not wanted', () => {
    const query = parseQuery('lego "space ship" -star −wars 12" tall');
    expect(query.words.map((word) => word.key)).toEqual(['lego', 'space', 'ship', '12', 'tall']);
    expect(query.phrases.map((phrase) => phrase.map((word) => word.key))).toEqual([['space', 'ship']]);
    expect(query.without.map((word) => word.key)).toEqual(['star', 'vars']);
  });
  test('a hyphen inside a word is no minus', () => expect(parseQuery('usb-c t-shirt').without).toEqual([]));
  test.each([
    ['TOY-022-BROWN', '~k:toy022brovn'],
    ['2001000220014', '~k:2001000220014'],
    ['plush bear', null],
    ['7', null],
  ])('%s as a code is %s', (typed, code) => expect(parseQuery(typed).code).toBe(code));
});

describe('slips', () => {
  test.each([
    ['lego', 'lgeo'],
    ['kitob', 'kitb'],
    ['mashina', 'moshina'],
    ['ayiq', 'ayiqq'],
  ])('%s and %s are one apart, and share a way of losing a letter', (a, b) => {
    expect(slipCost(a, b)).toBeLessThanOrEqual(1);
    expect(slipsOf(a).some((slip) => slipsOf(b).includes(slip))).toBe(true);
  });
  const WORD = fc.string({ unit: fc.constantFrom(...'abdeklo'), minLength: 4, maxLength: 9 });
  test('whatever letter is lost, added, changed or swapped, the word is found by its slips', () => {
    fc.assert(
      fc.property(WORD, fc.nat(), fc.constantFrom('lose', 'add', 'change', 'swap'), (word, at, kind) => {
        const n = at % (word.length - 1);
        const typed = {
          lose: word.slice(0, n) + word.slice(n + 1),
          add: `${word.slice(0, n)}x${word.slice(n)}`,
          change: `${word.slice(0, n)}x${word.slice(n + 1)}`,
          swap: word.slice(0, n) + word[n + 1]! + word[n]! + word.slice(n + 2),
        }[kind];
        const slips = new Set(slipsOf(word));
        expect(slipsOf(typed).some((slip) => slips.has(slip))).toBe(true);
        expect(slipCost(typed, word)).toBeLessThanOrEqual(1.4);
        expect(slipCost(word, word)).toBe(0);
      }),
    );
  });
  test('a key next to the right one, or a letter that sounds alike, costs less than any other', () => {
    expect(slipCost('legp', 'lego')).toBeLessThan(slipCost('legm', 'lego'));
    expect(slipCost('kotob', 'kitob')).toBeLessThan(slipCost('kmtob', 'kitob'));
    expect(slipCost('qishlok', 'qishloq')).toBeLessThan(slipCost('qishlov', 'qishloq'));
  });
  test('the likelier word is meant: the nearer one, and of equally near ones the more common', () => {
    const first = (typed: string, words: Parameters<typeof meantWords>[1]) => meantWords(typed, words)[0]?.near.word;
    expect(first('lgeo', [near('leo', 2), near('lego', 900), near('logo', 5)])).toBe('lego');
    expect(first('konstruktr', [near('konstruktor'), near('instruktor', 100)])).toBe('konstruktor');
    expect(first('qwzx', [near('lego', 900)])).toBeUndefined();
    expect(first('ab', [near('abc'), near('aa')])).toBeUndefined();
    expect(first('lego', [])).toBeUndefined();
  });
  test('figures are never misspelt', () => expect(slipsOf('2015')).toEqual([]));
});

describe('how well a name fits', () => {
  test('more words of the query are better than fewer, whichever they are', () => {
    expect(fit('Red racing car', 'red car')).toBeGreaterThan(fit('Red racing boat', 'red car'));
    expect(fit('Red racing car', 'red car')).toBeGreaterThan(fit('Blue racing car', 'red car'));
    expect(fit('Red boat', 'green car')).toBe(0);
  });
  test('the word itself is better than another form of it', () =>
    expect(fit('Wooden horse', 'horse')).toBeGreaterThan(fit('Wooden horses', 'horse')));
  test('a short name is better than a long one that says more besides', () =>
    expect(fit('Plush bear', 'bear')).toBeGreaterThan(
      fit('Plush lion with a friend, a hat, boots and a small bear', 'bear'),
    ));
  test('words side by side are better than words apart', () => {
    expect(fit('Space ship blue kit', 'space ship')).toBeGreaterThan(fit('Space kit blue ship', 'space ship'));
    expect(fit('Space blue green red kit with ship', 'space ship')).toBeLessThan(
      fit('Space kit ship blue green red', 'space ship'),
    );
  });
  test('the name counts more than the brand, and the brand more than the category', () => {
    const categoryNames = [text('Horse')];
    expect(fit('Horse', 'horse')).toBeGreaterThan(fit('Toy', 'horse', { brand: 'Horse' }));
    expect(fit('Toy', 'horse', { brand: 'Horse' })).toBeGreaterThan(fit('Toy', 'horse', { categoryNames }));
    expect(fit('Toy', 'horse', { categoryNames })).toBeGreaterThan(0);
  });
  test('a rare word counts more than one that everything has', () => {
    expect(rarity(1, 1_000)).toBeGreaterThan(rarity(100, 1_000));
    expect(rarity(1_000, 1_000)).toBeGreaterThan(0);
  });
  test('a name in the reader’s language is not worse for its translations', () => {
    const one = textScore(namesOf('Horse'), new Matcher(readingOf(queryWords('horse'), [known(1)], 10).terms)).points;
    const three = nameWords(aDoc({ title: { uz: 'Otcha', ru: 'Лошадка', en: 'Horse' }, categoryNames: [] }), []).names;
    expect(textScore(three, new Matcher(readingOf(queryWords('horse'), [known(1)], 10).terms)).points).toBe(one);
  });
  test('never falls when a word of the query is added to a name of the same length', () => {
    const word = fc.constantFrom<string>('red', 'blue', 'car', 'ship', 'big', 'toy');
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 6 }), fc.nat(), (title, at) => {
        const missing = ['red', 'car'].find((wanted) => !title.includes(wanted));
        const n = title.findIndex((other, place) => place >= at % title.length && other !== 'red' && other !== 'car');
        if (!missing || n === -1) return;
        expect(fit(title.with(n, missing).join(' '), 'red car')).toBeGreaterThanOrEqual(
          fit(title.join(' '), 'red car'),
        );
      }),
    );
  });
});

describe('reading a query', () => {
  const read = (query: string, facts: Partial<WordFacts>[], all = 1_000) => {
    const words = queryWords(query);
    return readingOf(
      words,
      words.map((_, n) => ({ ...known(0), ...facts[n] })),
      all,
    );
  };
  const keysOf = (reading: ReturnType<typeof read>) => reading.terms.map((term) => term.forms.map((form) => form.key));
  test('a known word stays', () =>
    expect(keysOf(read('lego', [{ exact: 5, near: [near('logo', 400)] }]))).toEqual([['lego']]));
  test('an unknown word may be what it is a slip of, and that counts less than the word itself would', () => {
    const { terms, corrections } = read('lgeo', [{ near: [near('lego', 400), near('leo', 2)] }]);
    expect(terms[0]!.forms.map(({ key, kind }) => [key, kind])).toEqual([
      ['lgeo', 'word'],
      ['lego', 'correction'],
      ['leo', 'correction'],
    ]);
    expect(terms[0]!.forms[1]!.weight).toBeLessThan(1);
    expect(terms[0]!.forms[2]!.weight).toBeLessThan(terms[0]!.forms[1]!.weight);
    expect(corrections).toHaveLength(1);
  });
  test('a very rare word may be a slip of a much more common one, and both are looked for', () => {
    expect(keysOf(read('leqo', [{ exact: 1, near: [near('lego', 400)] }]))).toEqual([['leqo', 'lego']]);
    expect(keysOf(read('leqo', [{ exact: 1, near: [near('lego', 20)] }]))).toEqual([['leqo']]);
    expect(read('leqo', [{ exact: 1, near: [near('lego', 400)] }]).corrections).toEqual([]);
  });
  test('two words may be one, and one two', () => {
    expect(keysOf(read('deck over', [{ exact: 5, joined: 9 }, { exact: 5 }]))).toEqual([
      ['deck', 'deckover'],
      ['over', 'deckover'],
    ]);
    expect(keysOf(read('showerhead', [{ parts: { left: 'shower', right: 'head', products: 9 } }]))).toEqual([
      ['shower'],
      ['head'],
    ]);
  });
  test('a word finds those that mean the same, which count less, and is not misspelt then', () => {
    const { terms, corrections } = read('mishka', [
      { near: [near('mishkan', 9)], synonyms: [{ word: 'Ayiqcha', products: 4 }] },
    ]);
    expect(terms[0]!.forms.map(({ key, kind }) => [key, kind])).toEqual([
      ['mishka', 'word'],
      ['ayiqcha', 'synonym'],
    ]);
    expect(terms[0]!.forms[1]!.weight).toBeLessThan(1);
    expect(terms[0]!.products).toBeGreaterThanOrEqual(4);
    expect(corrections).toEqual([]);
  });
  test('an unfinished word may be what begins so', () =>
    expect(keysOf(read('kema', [{ begins: [near('kemasozlik')] }]))).toEqual([['kema', 'kemasozlik']]));
  test('what was read is told as the best finds have it, and not at all when none has it', () => {
    const { terms, corrections } = read('red lgeo', [{ exact: 5 }, { near: [near('lego', 400), near('leo', 300)] }]);
    const best = (...titles: string[]) =>
      titles.map((title) => ({ text: textScore(namesOf(title), new Matcher(terms)) }));
    expect(correctedText('Red lgeo', corrections, best('Red leo', 'Red leo', 'Red lego'))).toBe('Red leo');
    expect(correctedText('Red lgeo', corrections, best('Red car'))).toBeNull();
  });
});

describe('the order of a search', () => {
  const candidate = (over: Partial<Candidate> & { title?: string } = {}): Candidate => ({
    id: `00000000-0000-7000-8000-${String(Math.floor(Math.random() * 1e12)).padStart(12, '0')}`,
    found: 'some',
    inStock: true,
    popularity: 0,
    createdMs: NOW.getTime() - 400 * 86_400_000,
    priceTiyin: 100,
    chosen: true,
    names: namesOf(over.title ?? 'Red car'),
    ...over,
  });
  const words = queryWords('red car');
  const { terms } = readingOf(words, [known(10), known(10)], 1_000);
  const order = (...all: Candidate[]) => ranking(all, terms, measureOf(terms, NOW)).rows.map((row) => row.candidate);
  test('goes by text, then availability, popularity and freshness', () => {
    const plain = candidate();
    expect(order(plain, candidate({ inStock: false }))[0]).toBe(plain);
    const popular = candidate({ popularity: 5_000_000 });
    expect(order(plain, popular)[0]).toBe(popular);
    const fresh = candidate({ createdMs: NOW.getTime() });
    expect(order(plain, fresh)[0]).toBe(fresh);
    const better = candidate({ title: 'Red car red car' });
    expect(order(candidate({ title: 'Red boat', popularity: 1e12, createdMs: NOW.getTime() }), better)[0]).toBe(better);
    expect(WEIGHTS.popularity + WEIGHTS.freshness).toBeLessThan(1 - WEIGHTS.soldOut);
  });
  test('is the same on further pages, although words grow more common meanwhile', () => {
    const rows = [candidate(), candidate({ title: 'Red car with a trailer' }), candidate({ title: 'Blue car' })];
    const first = ranking(rows, terms, measureOf(terms, NOW));
    const { terms: later } = readingOf(words, [known(500), known(900)], 1_000);
    const cursor = [1, 'id', first.measure.today, first.measure.best!, ...first.measure.rarities];
    const second = ranking(rows, later, keptMeasure(cursor, later.length)!);
    expect(second.rows.map((row) => row.key)).toEqual(first.rows.map((row) => row.key));
    expect(keptMeasure(cursor, 3)).toBeUndefined();
    expect(keptMeasure(null, 2)).toBeUndefined();
  });
  test('begins with what has the very code that was typed', () => {
    const coded = candidate({ found: 'code', title: 'Boat' });
    expect(order(candidate(), coded)[0]).toBe(coded);
  });
  test('leaves out what hardly fits, and shows no product twice', () => {
    const weak = candidate({ title: 'Boat with many other things on it, red' });
    const one = candidate();
    expect(order(one, one, weak, candidate({ title: 'Boat' }))).toHaveLength(2);
  });
  test('comes in pages without gaps or repeats, in every sort', () => {
    const rows = ranking(
      Array.from({ length: 23 }, (_, n) => candidate({ priceTiyin: n % 4, popularity: n % 3 })),
      terms,
      measureOf(terms, NOW),
    ).rows;
    for (const sort of ['relevance', 'new', 'popular', 'price_asc', 'price_desc'] as const) {
      const seen: string[] = [];
      for (let after: (string | number)[] | null = null; ;) {
        const { page, more } = pageOf(rows, sort, after, 5);
        seen.push(...page.map((row) => row.id));
        if (!more) break;
        after = [page.at(-1)!.key, page.at(-1)!.id];
      }
      expect(new Set(seen).size).toBe(23);
      expect(seen).toHaveLength(23);
    }
  });
});

test('a product’s words are a text that the database reads: every sign is quoted', () => {
  const { words } = nameWords(aDoc({ brand: "O'Neill\\", title: text("Boʻri 'x' \\") }), ["~c:it's"]);
  expect(words).toContain(String.raw`'~c:it\'s'`);
  expect(words.split(/'(?: |:[\dABCD,]+ ?)/u).length).toBeGreaterThan(4);
});

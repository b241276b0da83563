/** A word of the catalog that a misspelt one may have meant. */
export interface Near {
  readonly word: string;
  readonly shown: string;
  /** How many products have it in their name. */
  readonly products: number;
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const NEIGHBOURS = new Set(
  ROWS.flatMap((row, y) =>
    [...row].flatMap((key, x) =>
      [row[x - 1], row[x + 1], ROWS[y + 1]?.[x], ROWS[y + 1]?.[x - 1], ROWS[y - 1]?.[x], ROWS[y - 1]?.[x + 1]]
        .filter((other) => other !== undefined)
        .map((other) => key + other),
    ),
  ),
);
/** Letters that people and transliterations take for each other. */
const ALIKE = new Set([
  'ao',
  'oa',
  'ei',
  'ie',
  'iy',
  'yi',
  'ou',
  'uo',
  'ea',
  'ae',
  'hq',
  'qk',
  'kq',
  'qh',
  'gk',
  'kg',
  'sz',
  'zs',
  'sc',
  'cs',
  'ck',
  'kc',
  'bp',
  'pb',
  'dt',
  'td',
  'vu',
  'uv',
  'jz',
  'zj',
]);

const COST = { swap: 0.8, alike: 0.75, neighbour: 0.8, change: 1, double: 0.7, lose: 0.9, add: 0.95, first: 0.4 };

function changeCost(a: string, b: string): number {
  if (ALIKE.has(a + b)) return COST.alike;
  return NEIGHBOURS.has(a + b) ? COST.neighbour : COST.change;
}

/**
 * How unlikely it is that somebody typed one word and meant the other: slips (a letter added, lost, changed, or swapped with its
 * neighbour; optimal string alignment), of which those that happen more often cost less than one.
 */
export function slipCost(typed: string, meantWord: string): number {
  const [a, b] = [typed, meantWord];
  let before: number[] = [];
  let last = [0];
  for (let j = 1; j <= b.length; j += 1) last.push(last[j - 1]! + (b[j - 1] === b[j - 2] ? COST.double : COST.lose));
  for (let i = 1; i <= a.length; i += 1) {
    const row = [last[0]! + (a[i - 1] === a[i - 2] ? COST.double : COST.add)];
    for (let j = 1; j <= b.length; j += 1) {
      const added = last[j]! + (a[i - 1] === a[i - 2] ? COST.double : COST.add);
      const lost = row[j - 1]! + (b[j - 1] === b[j - 2] ? COST.double : COST.lose);
      let best = Math.min(added, lost, last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : changeCost(a[i - 1]!, b[j - 1]!)));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + COST.swap);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  const cost = last[b.length]!;
  return cost > 0 && a[0] !== b[0] ? cost + COST.first : cost;
}

/** So much is forgiven in a word: next to nothing in a short one. */
const forgiven = (length: number): number =>
  length < 3 ? 0 : length < 4 ? 0.95 : length < 5 ? 1.35 : length < 8 ? 2 : 2.8;
/** How many times more products a word needs to be meant in spite of one slip more. */
const SLIP = Math.log(60);
const MOST_MEANT = 3;

/** What may have been meant, the likeliest first, with how likely each is beside the first. */
export function meantWords(typed: string, candidates: readonly Near[]): { near: Near; cost: number; share: number }[] {
  const likely = candidates
    .filter((candidate) => candidate.word !== typed)
    .map((near) => ({ near, cost: slipCost(typed, near.word) }))
    .filter(({ cost }) => cost <= forgiven(typed.length))
    .map((guess) => ({ ...guess, odds: 0.6 * Math.log(1 + guess.near.products) - SLIP * guess.cost }))
    .toSorted((x, y) => y.odds - x.odds || (x.near.word < y.near.word ? -1 : 1))
    .slice(0, MOST_MEANT);
  const [first] = likely;
  return likely.map(({ near, cost, odds }) => ({ near, cost, share: Math.exp((odds - first!.odds) / 2) }));
}

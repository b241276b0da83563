import type { Viewer } from '@um/family';
import { runHot, type Db as Database } from '@um/kernel';
import type { ListFilter } from './contract.js';
import { brandRule, filterRules } from './filter.queries.js';
import { stemMark } from './name.rules.js';
import type { Query } from './query.rules.js';
import type { Candidate } from './rank.rules.js';
import type { Form, Term } from './score.rules.js';
import type { SearchSchema } from './search.schema.js';
import { traitRules } from './trait.queries.js';
import { Values, visibleTo } from './visible.queries.js';
import { marksOf, type QueryWord } from './words.rules.js';

/** So many products with all words are weighed, */
const WITH_ALL = 600;
/** so many with any of the rare ones, */
const WITH_RARE = 1_500;
/** and so many with most of the common ones. */
const WITH_MOST = 250;
/** Where more products have all words than are weighed, so many of the most popular are looked through besides. */
const POPULAR = 500;

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, String.raw`\$&`)}'`;

function formQuery({ key, stems }: Pick<Form, 'key' | 'stems'>): string[] {
  return [key, ...stems.flatMap(({ stem }) => (stem === key ? [stemMark(stem)] : [stem, stemMark(stem)]))].map(quoted);
}
/** A word of a query as the index of words is asked for it. */
const termQuery = ({ forms }: Term): string => `(${[...new Set(forms.flatMap(formQuery))].join(' | ')})`;
const all = (parts: readonly string[]): string => parts.join(' & ');
const any = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`);

/** One question to the index of words: how many of its finds are weighed. */
export interface Tier {
  readonly found: Candidate['found'];
  readonly query: string;
  readonly limit: number;
}

/**
 * Which products are worth weighing, in bounded steps: those with all words; those with any of the rare ones; those with most
 * of the common ones. What has common words alone cannot come near the best, however many there are.
 */
export function tiersOf(terms: readonly Term[], query: Pick<Query, 'code'>): Tier[] {
  const tiers: Tier[] = query.code === null ? [] : [{ found: 'code', query: quoted(query.code), limit: POPULAR }];
  const known = terms.filter((term) => term.products > 0).toSorted((a, b) => a.products - b.products);
  if (known.length === 0) return [...tiers, { found: 'all', query: all(terms.map(termQuery)), limit: WITH_ALL }];
  const every = all(terms.map(termQuery));
  tiers.push({ found: 'all', query: every, limit: WITH_ALL });
  if (terms.length === 1) return tiers;
  const rare: Term[] = [];
  let budget = WITH_RARE;
  for (const term of known) {
    if (term.products > budget) break;
    budget -= term.products;
    rare.push(term);
  }
  const common = known.slice(rare.length);
  if (rare.length > 0)
    tiers.push({ found: 'some', query: `${any(rare.map(termQuery))} & !(${every})`, limit: WITH_RARE });
  const without = rare.length > 0 ? ` & !${any(rare.map(termQuery))}` : '';
  for (const part of mostOf(common, terms.length))
    tiers.push({ found: 'some', query: `${all(part.map(termQuery))}${without}`, limit: WITH_MOST });
  return tiers;
}

/** All of the common words, all but one, and the rarest alone: each a question of its own. `asked` is how many words there are in all. */
function mostOf(common: readonly Term[], asked: number): (readonly Term[])[] {
  if (common.length === 0) return [];
  const parts: (readonly Term[])[] = [];
  if (common.length < asked && common.length > 1) parts.push(common);
  if (common.length > 2) parts.push(...common.map((term) => common.filter((other) => other !== term)));
  return [...parts, common.slice(0, 1)];
}

export interface CandidateAsk {
  readonly viewer: Viewer;
  readonly filter: ListFilter;
  readonly query: Query;
  readonly terms: readonly Term[];
}

const COLUMNS = 'i.product_id, i.in_stock, i.popularity, i.created_ms, i.price_tiyin, i.names';
const ROW = String.raw`concat_ws(E'\t', i.product_id, i.in_stock, i.popularity, i.created_ms, i.price_tiyin, i.chosen, i.names)`;

/** Products that may be shown for a query to this viewer, few enough to be weighed; `partial` when there were more. */
export async function candidates(
  db: Database<SearchSchema>,
  { viewer, filter, query, terms }: CandidateAsk,
): Promise<{ rows: Candidate[]; partial: boolean }> {
  const values = new Values();
  // Counts leave out the filter that they are of.
  const counted = filter.facets === 'true' && (filter.brand ?? filter.attr) !== undefined;
  const asked = counted ? { ...filter, brand: undefined, attr: undefined } : filter;
  const rules = [...visibleTo(viewer, values), ...filterRules(asked, viewer, values)];
  const own = counted ? [...brandRule(filter.brand, values), ...traitRules(filter.attr, values)] : [];
  const columns = `${COLUMNS}, ${own.join(' and ') || 'true'} as chosen`;
  const limits = limitsOf(asked, query);
  const tiers = tiersOf(terms, query);
  const many = Math.min(...terms.map((term) => term.products)) > WITH_ALL;
  const selects = tiers.map((tier, n) => tierSelect(tier, n, { columns, limits, rules }, values));
  if (many) {
    const words = `i.words @@ ${values.add(tiers.find((tier) => tier.found === 'all')!.query + limits)}::tsquery`;
    selects.push(
      `(select 'all' as found, -1 as tier, ${columns} from (select * from item where listed order by popularity desc, product_id desc limit ${POPULAR}) i where ${[words, ...rules].join(' and ')})`,
    );
  }
  const text = `select found, tier, count(*)::int as count, string_agg(${ROW}, E'\\x1e') as rows from (${selects.join(' union all ')}) i group by 1, 2 order by 2 desc, 1`;
  const answers = await runHot<{ found: Candidate['found']; tier: number; count: number; rows: string }>(
    db,
    { name: '', text },
    values.all,
  );
  const order = { code: 0, all: 1, some: 2 };
  const rows = answers
    .toSorted((a, b) => order[a.found] - order[b.found])
    .flatMap(({ found, rows: told }) => told.split('\u001E').map((row) => candidateOf(found, row)));
  return { rows, partial: answers.some(({ tier, count }) => tier >= 0 && count >= tiers[tier]!.limit) };
}

/** Filters that the index of words answers together with the words, phrases, and words that are not wanted. */
function limitsOf({ category, store, brand }: ListFilter, { phrases, without }: Query): string {
  const marks = marksOf({ categories: category === undefined ? [] : [category], store, brand });
  const side = (words: readonly QueryWord[]): string => `(${words.map(({ key }) => `${quoted(key)}:A`).join(' <-> ')})`;
  const not = without.map((word) => `!(${[...new Set(formQuery(word))].map((form) => `${form}:ABC`).join(' | ')})`);
  return [...marks.map(quoted), ...phrases.map(side), ...not].map((part) => ` & ${part}`).join('');
}

interface TierRows {
  readonly columns: string;
  readonly limits: string;
  readonly rules: readonly string[];
}

function tierSelect(tier: Tier, n: number, { columns, limits, rules }: TierRows, values: Values): string {
  const words = `i.words @@ ${values.add(`${tier.query}${limits}`)}::tsquery`;
  return `(select '${tier.found}' as found, ${n} as tier, ${columns} from item i where ${[words, ...rules].join(' and ')} limit ${tier.limit})`;
}

function candidateOf(found: Candidate['found'], row: string): Candidate {
  const [id, inStock, popularity, createdMs, priceTiyin, chosen, names] = row.split('\t');
  return {
    id: id!,
    found,
    inStock: inStock === 't',
    popularity: Number(popularity),
    createdMs: Number(createdMs),
    priceTiyin: Number(priceTiyin),
    chosen: chosen === 't',
    names: names ?? '',
  };
}

import { runHot, type Db as Database } from '@um/kernel';
import type { SearchSchema } from './search.schema.js';
import type { WordFacts } from './terms.rules.js';
import { slipsOf, stemMark } from './name.rules.js';
import type { QueryWord } from './words.rules.js';

/** A word that so few products have may be a slip. */
const RARE = 2;
const NEAR = 40;
const BEGINS = 8;
/** Of so many words that begin alike the most common are taken. */
const LOOKED_THROUGH = 1_000;

const shown = (alias: string, language: string): string =>
  `coalesce(${alias}.${language}, ${alias}.uz, ${alias}.ru, ${alias}.en, ${alias}.word)`;
const nearJson = (language: string): string =>
  `json_agg(json_build_object('word', n.word, 'shown', ${shown('n', language)}, 'products', n.products))`;

/** What the catalog knows of the words of a query, and how many products it has. One statement, by keys alone. */
export async function lookUp(
  db: Database<SearchSchema>,
  words: readonly QueryWord[],
  language: 'uz' | 'ru' | 'en',
  unfinished = false,
): Promise<{ facts: WordFacts[]; all: number }> {
  const given = words.map((word, n) => ({
    key: word.key,
    stems: [...new Set(word.stems.map(({ stem }) => stem))],
    marks: [...new Set(word.stems.map(({ stem }) => stemMark(stem)))],
    slips: slipsOf(word.key),
    joined: words[n + 1] === undefined ? '' : word.key + words[n + 1]!.key,
    // Of a word that is still being typed it is always asked what begins so.
    begun: unfinished && n === words.length - 1,
  }));
  const text = `
    with g as (select g.*, coalesce((select w.products from word w where w.word = g.key), 0) as exact,
        coalesce((select sum(s.products) from stem s where s.stem = any(g.marks)), 0)
          + coalesce((select sum(w.products) from word w where w.word = any(g.stems) and w.word <> g.key), 0) as stemmed,
        coalesce((select w.products from word w where w.word = g.joined), 0) as joins
      from rows from (json_to_recordset($1::json) as (key text, stems text[], marks text[], slips text[], joined text, begun boolean)) with ordinality as g(key, stems, marks, slips, joined, begun, place)),
    slip as materialized (select g.place, n.* from g cross join lateral (select * from word w where w.slips && g.slips order by w.products desc limit ${NEAR}) n
      where g.exact + g.stemmed <= ${RARE} and cardinality(g.slips) > 0)
    select coalesce((select sum(items) from window_place), 0)::int as all, json_agg(json_build_object('exact', g.exact, 'stemmed', g.stemmed, 'joined', g.joins,
      'synonyms', coalesce((select json_agg(json_build_object('word', u.word, 'products', coalesce(w.products, 0)) order by u.word) from synonym s cross join unnest(s.words, s.keys) as u(word, key)
        left join word w on w.word = u.key where s.finds && (array[g.key] || g.stems) and u.key <> g.key), '[]'::json),
      'near', case when g.exact + g.stemmed > ${RARE} then '[]'::json
        when exists (select 1 from slip n where n.place = g.place and n.word <> g.key) then (select ${nearJson(language)} from slip n where n.place = g.place)
        when g.exact + g.stemmed = 0 and cardinality(g.slips) > 0 then (select coalesce(${nearJson(language)}, '[]') from
          (select * from word w order by (w.word || ''::text) <-> g.key limit 12) n)
        else '[]' end,
      'begins', case when not g.begun and (g.exact + g.stemmed > 0 or length(g.key) < 2) then '[]'::json else (select coalesce(${nearJson(language)}, '[]') from
        (select * from (select * from word w where w.word > g.key and w.word < g.key || U&'\\FFFF' order by w.word limit ${LOOKED_THROUGH}) b order by b.products desc, b.word limit ${BEGINS}) n) end,
      'parts', case when g.exact + g.stemmed > 0 then null else (
        select json_build_object('left', l.word, 'right', r.word, 'products', least(l.products, r.products)) from generate_series(3, length(g.key) - 3) as n(at)
          cross join lateral (select * from word w where w.word = left(g.key, n.at) limit 1) l
          cross join lateral (select * from word w where w.word = substr(g.key, n.at + 1) limit 1) r where least(l.products, r.products) > 1
          order by least(l.products, r.products) desc limit 1) end) order by g.place) as facts from g`;
  const [row] = await runHot<{ all: number; facts: WordFacts[] }>(db, { name: `search.words.${language}`, text }, [
    JSON.stringify(given),
  ]);
  return { facts: row!.facts, all: row!.all };
}

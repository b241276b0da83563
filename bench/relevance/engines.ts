// Search engines to compare with, on the same titles.
import MiniSearch from 'minisearch';
import pg from 'pg';
import type { Title } from './judged.ts';

/** Ids of the ten best answers. */
export type Engine = (query: string) => Promise<string[]>;

const textOf = ({ uz, ru, en, brand }: Title): string => [...new Set([uz, ru, en, brand])].join(' ');

/** MiniSearch, any word, with fuzzy matching of a fifth of a word. */
export function miniSearch(titles: readonly Title[]): Engine {
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'], searchOptions: { fuzzy: 0.2 } });
  index.addAll(titles.map((title) => ({ id: title.id, text: textOf(title) })));
  return async (query) =>
    index
      .search(query)
      .slice(0, 10)
      .map((found) => String(found.id));
}

/** PostgreSQL's own full text: English and Russian stems, any word, `ts_rank`. Ends with its connection. */
export async function tsRank(
  url: string,
  titles: readonly Title[],
): Promise<{ engine: Engine; end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create temp table baseline (id text, words tsvector)');
  await client.query(
    `insert into baseline select id, to_tsvector('russian', words) from json_to_recordset($1::json) as t(id text, words text)`,
    [JSON.stringify(titles.map((title) => ({ id: title.id, words: textOf(title) })))],
  );
  const engine: Engine = async (query) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from baseline, (select replace(plainto_tsquery('russian', $1)::text, '&', '|')::tsquery as q) o
       where words @@ q order by ts_rank(words, q) desc, id limit 10`,
      [query],
    );
    return rows.map((row) => row.id);
  };
  return { engine, end: () => client.end() };
}

import { codeMark } from './name.rules.js';
import { queryWords, type QueryWord } from './words.rules.js';

/** What somebody looks for. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** Words in quotation marks: all of them, side by side. */
  readonly phrases: readonly (readonly QueryWord[])[];
  /** Words after a minus: of products without them. */
  readonly without: readonly QueryWord[];
  /** The whole query as the mark of a code; null when it cannot be one. */
  readonly code: string | null;
}

const QUOTED = /["«“„]([^"«»“”„]*)["»”]/gu;
const SHORTEST_CODE = 3;

/** Reads a query: `lego "space ship" -star`. A measure (`12"`) is not a quotation. */
export function parseQuery(text: string): Query {
  const phrases: QueryWord[][] = [];
  const without: QueryWord[] = [];
  const measures = text.replaceAll(/(?<=\d)["”]/g, ' in ');
  const unquoted = measures.replaceAll(QUOTED, (_all, inside: string) => {
    const words = queryWords(inside);
    if (words.length > 1) phrases.push(words);
    return ` ${inside} `;
  });
  const plain = ` ${unquoted}`.replaceAll(/(?<=\s)[-−–](?=[\p{L}\p{N}])([^\s]+)/gu, (_all, word: string) => {
    without.push(...queryWords(word));
    return ' ';
  });
  const words = queryWords(plain);
  const code = codeMark(text);
  const coded = /\d/.test(text) && code.length - codeMark('').length >= SHORTEST_CODE && code.length < 60;
  return { words, phrases, without, code: coded ? code : null };
}

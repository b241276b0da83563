import { Inject, Injectable } from '@nestjs/common';
import type { Ctx, Db } from '@um/kernel';
import { candidates } from './candidate.queries.js';
import type { FoundProducts, ListAsk } from './filter.queries.js';
import { lookUp } from './lookup.queries.js';
import { parseQuery } from './query.rules.js';
import { pageOf, ranking, type Ranked } from './rank.rules.js';
import { Matcher } from './score.rules.js';
import type { SearchSchema } from './search.schema.js';
import { correctedText, readingOf } from './terms.rules.js';

/** Of so many of the best finds it is seen what a misspelt word was meant to be. */
const BEST = 10;

/** Finds products by words. */
@Injectable()
export class FindService {
  constructor(@Inject('search.db') private readonly db: Db<SearchSchema>) {}

  /** What a query finds for a viewer, weighed; null when it holds no word at all. */
  async find(
    ctx: Ctx,
    ask: ListAsk,
    text: string,
  ): Promise<(FoundProducts & { corrected: string | null; ranked: Ranked[] }) | null> {
    const query = parseQuery(text);
    if (query.words.length === 0) return null;
    const { viewer, filter } = ask;
    const { facts, all } = await lookUp(this.db, query.words, ask.language);
    const { terms, corrections } = readingOf(query.words, facts, all);
    const { rows, partial } = await candidates(this.db, { viewer, filter, query, terms });
    const ranked = ranking(rows, new Matcher(terms), ctx.now);
    const chosen = ranked.filter((row) => row.candidate.chosen);
    const { page, more } = pageOf(chosen, ask.sort, ask.after, filter.limit);
    return {
      page,
      more,
      all: filter.facets === 'true' ? ranked.map((row) => row.candidate.id) : [],
      partial,
      corrected: correctedText(text, corrections, chosen.slice(0, BEST)),
      ranked: chosen,
    };
  }
}

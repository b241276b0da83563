import { Inject, Injectable } from '@nestjs/common';
import { writtenOf, type Ctx, type Db } from '@um/kernel';
import { candidates } from './candidate.queries.js';
import type { FoundProducts, ListAsk } from './filter.queries.js';
import { lookUp } from './lookup.queries.js';
import { parseQuery } from './query.rules.js';
import { keptMeasure, measureOf, pageOf, ranking, type Ranked } from './rank.rules.js';
import { brandMeant } from './score.rules.js';
import type { SearchSchema } from './search.schema.js';
import { correctedText, readingOf, unfinishedReading, type Reading } from './terms.rules.js';
import { suggestions, titlesOf } from './small.queries.js';
import { explained } from './explain.rules.js';
import type { Explained } from './contract.js';
import { adultViewer } from '@um/family';

/** Of so many of the best finds it is seen what a misspelt word was meant to be. */
const BEST = 10;

/** So many products of a search are explained. */
const EXPLAINED = 20;
const SUGGESTED = 6;
/** Of so many finds the brands may be suggested. */
const BRANDED = 100;
const NOTHING_TO_SUGGEST = '{"products":[],"categories":[],"brands":[],"corrected":null}';

type Found = FoundProducts & {
  readonly corrected: string | null;
  readonly ranked: readonly Ranked[];
  readonly reading: Reading;
};

/** Finds products by words. */
@Injectable()
export class FindService {
  constructor(@Inject('search.db') private readonly db: Db<SearchSchema>) {}

  /** What a query finds for a viewer, weighed; null when it holds no word at all. */
  async find(ctx: Ctx, ask: ListAsk, text: string): Promise<Found | null> {
    const query = parseQuery(text);
    if (query.words.length === 0) return null;
    const { viewer, filter } = ask;
    const { facts, all } = await lookUp(this.db, query.words, writtenOf(ask.locale));
    const reading = readingOf(query.words, facts, all);
    const { rows, partial } = await candidates(this.db, { viewer, filter, query, terms: reading.terms });
    const kept = ask.sort === 'relevance' ? keptMeasure(ask.after, reading.terms.length) : undefined;
    const { rows: ranked, measure } = ranking(rows, reading.terms, kept ?? measureOf(reading.terms, ctx.now));
    const chosen = ranked.filter((row) => row.candidate.chosen);
    const { page, more } = pageOf(chosen, ask.sort, ask.after, filter.limit);
    return {
      page,
      more,
      all: filter.facets === 'true' ? ranked.map((row) => row.candidate.id) : [],
      partial,
      measure: [measure.today, measure.best!, ...measure.rarities],
      corrected: correctedText(text, reading.corrections, chosen.slice(0, BEST)),
      ranked: chosen,
      reading,
    };
  }

  /** What may be meant by what was typed so far: products in stock, the best first, categories, brands, and a correction. */
  async suggest(ctx: Ctx, { viewer, locale }: Pick<ListAsk, 'viewer' | 'locale'>, typed: string): Promise<string> {
    const query = parseQuery(typed);
    if (query.words.length === 0) return NOTHING_TO_SUGGEST;
    const { facts, all } = await lookUp(this.db, query.words, writtenOf(locale), true);
    const reading = unfinishedReading(query.words, facts, all);
    const filter = { limit: SUGGESTED, inStock: 'true' as const };
    const { rows } = await candidates(this.db, { viewer, filter, query, terms: reading.terms });
    const { rows: ranked, matcher } = ranking(rows, reading.terms, measureOf(reading.terms, ctx.now));
    return suggestions(this.db, {
      viewer,
      locale,
      words: query.words,
      products: ranked.slice(0, SUGGESTED).map((row) => row.candidate.id),
      branded: ranked
        .slice(0, BRANDED)
        .filter((row) => brandMeant(row.candidate.names, matcher))
        .map((row) => row.candidate.id),
      corrected: correctedText(typed, reading.corrections, ranked.slice(0, BEST)),
    });
  }

  /** Why a search answers what it answers to an adult. */
  async explain(ctx: Ctx, text: string): Promise<Explained> {
    const { locale } = ctx;
    const filter = { q: text, limit: EXPLAINED };
    const found = await this.find(ctx, { viewer: adultViewer, filter, sort: 'relevance', after: null, locale }, text);
    if (!found) return { corrected: null, words: [], products: [] };
    const best = found.ranked.slice(0, EXPLAINED);
    const titles = await titlesOf(
      this.db,
      best.map((row) => row.candidate.id),
      locale,
    );
    return explained(found.reading, best, titles, found.corrected);
  }
}

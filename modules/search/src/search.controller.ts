import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { Actor, Allow, Answers, Hot, Summary, type Ctx } from '@um/kernel';
import { z } from 'zod';
import { ListQuery, OfferViews, ProductPage, SuggestQuery, Suggestions } from './contract.js';
import { OffersView } from './offers.service.js';
import { SearchService } from './search.service.js';

const ById = z.strictObject({ id: z.uuid() });
const Lang = z.strictObject({ lang: z.string().max(10).optional() });
const JSON_TYPE = 'application/json; charset=utf-8';
const SECOND = 1_000;

@Controller('api/v1')
export class SearchController {
  constructor(
    @Inject(SearchService) private readonly search: SearchService,
    @Inject(OffersView) private readonly offers: OffersView,
  ) {}

  @Get('products')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 60 * SECOND })
  @Header('content-type', JSON_TYPE)
  @Answers(ProductPage)
  @Summary(
    'Products: list, filter (also `attr.<code>=red,blue` or `attr.<code>=10..60`), search; with `facets=true` counts beside them',
  )
  list(@Actor() ctx: Ctx, @Query({ schema: ListQuery }) filter: z.output<typeof ListQuery>) {
    return this.search.list(ctx, filter);
  }

  @Get('search/suggest')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 60 * SECOND })
  @Header('content-type', JSON_TYPE)
  @Answers(Suggestions)
  @Summary('What may be meant by what was typed so far')
  suggest(@Actor() ctx: Ctx, @Query({ schema: SuggestQuery }) { q }: z.output<typeof SuggestQuery>) {
    return this.search.suggest(ctx, q);
  }

  @Get('products/:id/offers')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 60 * SECOND })
  @Answers(OfferViews)
  @Summary('Who sells a product, the first choice first; nobody when there is only one seller')
  offersOf(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.offers.of(ctx, id);
  }

  @Get('products/:id/related')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 60 * SECOND })
  @Header('content-type', JSON_TYPE)
  @Answers(ProductPage.omit({ facets: true, corrected: true }))
  @Summary('Products of the same kind')
  related(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.search.related(ctx, id);
  }

  @Get('products/:id/bought-together')
  @Allow('public')
  @Hot({ tags: ['catalog'], ttl: 60 * SECOND })
  @Header('content-type', JSON_TYPE)
  @Answers(ProductPage.omit({ facets: true, corrected: true }))
  @Summary('Products that others bought together with this one')
  boughtTogether(
    @Actor() ctx: Ctx,
    @Param({ schema: ById }) { id }: z.output<typeof ById>,
    @Query({ schema: Lang }) _query: z.output<typeof Lang>,
  ) {
    return this.search.boughtTogether(ctx, id);
  }
}

import { OWN_TERMS, type ProductDoc } from '@um/product';
import { newId, systemCtx, type Db } from '@um/kernel';
import type { Viewer } from '@um/family';
import { ListFilter } from './contract.js';
import { FindService } from './find.service.js';
import { listPage, type ListRow } from './list.queries.js';
import { sortOf } from './list.rules.js';
import type { SearchSchema } from './search.schema.js';

let docs = 0;

const text = (words: string) => ({ uz: words, ru: words, en: words });

/** A product's document as the product context tells it. */
export function aDoc(over: Partial<ProductDoc> & { facts?: Partial<ProductDoc['facts']> } = {}): ProductDoc {
  const n = (docs += 1);
  const storeId = over.storeId ?? newId();
  const { facts, ...rest } = over;
  const path = facts?.categoryPath ?? ['toys', 'toys.blocks'];
  return {
    productId: newId(),
    version: 1,
    slug: `doc-${n}-${storeId.slice(-6)}`,
    state: 'published',
    storeId,
    storeSlug: 'lola',
    storeName: text('Lola'),
    title: text(`Thing ${n}`),
    description: text('About it.'),
    brand: null,
    categoryPath: path,
    categoryNames: path.map(text),
    ageMaxMonths: null,
    attributes: {},
    pictureId: null,
    priceTiyin: facts?.priceTiyin ?? 100_000,
    compareAtTiyin: null,
    variants: [{ variantId: newId(), sku: `S${n}`, barcode: null, priceTiyin: 100_000, digital: false, options: {} }],
    createdAt: new Date(1_700_000_000_000 + n).toISOString(),
    offer: { masterId: null, ...OWN_TERMS },
    sellers: 1,
    ...rest,
    facts: { ageMinMonths: 0, infoMark: null, hazards: [], categoryPath: path, storeId, priceTiyin: 100_000, ...facts },
  };
}

/** A page as the service shows it, without the service: of a list, or of a search when there is a `q`. */
export async function shownPage(
  db: Db<SearchSchema>,
  viewer: Viewer,
  query: object,
  after: readonly (string | number)[] | null = null,
): Promise<ListRow> {
  const filter = ListFilter.parse(query);
  const ask = { viewer, filter, sort: sortOf(filter), after, locale: 'uz' as const };
  const found = filter.q ? await new FindService(db).find(systemCtx(new Date()), ask, filter.q) : null;
  return listPage(db, found ? { ...ask, found } : ask);
}

/** Suggestions as the service makes them, as JSON. */
export const suggested = (db: Db<SearchSchema>, viewer: Viewer, typed: string): Promise<string> =>
  new FindService(db).suggest(systemCtx(new Date()), { viewer, locale: 'uz' }, typed);

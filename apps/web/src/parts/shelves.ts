import type { ProductPage } from '@um/search';
import type { Api } from '../api/api.js';

/** Pages of the catalog by the names the API gives its filters. Prices in tiyin. */
export interface ListQuery {
  q?: string | null;
  category?: string | null;
  brand?: string | null;
  store?: string | null;
  minPrice?: string | null;
  maxPrice?: string | null;
  age?: string | null;
  inStock?: string | null;
  [attribute: `attr.${string}`]: string | null;
  sort?: string | null;
  facets?: boolean;
  limit?: number;
  cursor?: string | null;
}

/** A part of the catalog. */
export const loadProducts = (api: Api, query: ListQuery): Promise<ProductPage> =>
  api.get<ProductPage>('/products', { ...query });

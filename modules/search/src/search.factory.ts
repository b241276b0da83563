import { OWN_TERMS, type ProductDoc } from '@um/product';
import { newId } from '@um/kernel';

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
    variants: [{ variantId: newId(), sku: `S${n}`, barcode: null, priceTiyin: 100_000 }],
    createdAt: new Date(1_700_000_000_000 + n).toISOString(),
    offer: { masterId: null, ...OWN_TERMS },
    sellers: 1,
    ...rest,
    facts: { ageMinMonths: 0, infoMark: null, hazards: [], categoryPath: path, storeId, priceTiyin: 100_000, ...facts },
  };
}

import { Random, zipf } from './random.ts';
import { coinName, DEPARTMENTS, QUALITIES, THINGS, type Text } from './words.ts';

/** What a catalog is made of. The same numbers make the same catalog. */
export interface CatalogSize {
  readonly products: number;
  readonly sellers: number;
  readonly seed: number;
}

export interface Category {
  readonly id: string;
  readonly path: readonly string[];
  readonly names: readonly Text[];
}
export interface Seller {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
}
export interface Product {
  readonly id: string;
  readonly variantId: string;
  readonly slug: string;
  readonly seller: Seller;
  readonly category: Category;
  readonly brand: string | null;
  readonly title: Text;
  readonly ageMinMonths: number;
  readonly ageMaxMonths: number | null;
  readonly infoMark: string | null;
  readonly hazards: readonly string[];
  readonly priceTiyin: number;
  readonly compareAtTiyin: number | null;
  readonly stock: number;
  /** By code of `ATTRIBUTES`. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly createdMs: number;
}

/** What products are described by. */
export interface Attribute {
  readonly code: string;
  readonly type: 'colour' | 'number' | 'boolean';
  readonly name: Text;
  readonly choices: readonly { readonly value: string; readonly name: Text; readonly hex: string }[];
}
const COLOURS = [
  ['white', '#ffffff', { uz: 'oq', ru: 'белый', en: 'white' }],
  ['black', '#111111', { uz: 'qora', ru: 'чёрный', en: 'black' }],
  ['red', '#d62f2f', { uz: 'qizil', ru: 'красный', en: 'red' }],
  ['blue', '#2f55d6', { uz: 'koʻk', ru: 'синий', en: 'blue' }],
  ['green', '#2fa04a', { uz: 'yashil', ru: 'зелёный', en: 'green' }],
  ['yellow', '#e6c229', { uz: 'sariq', ru: 'жёлтый', en: 'yellow' }],
] as const;
export const ATTRIBUTES: readonly Attribute[] = [
  {
    code: 'color',
    type: 'colour',
    name: { uz: 'Rangi', ru: 'Цвет', en: 'Colour' },
    choices: COLOURS.map(([value, hex, name]) => ({ value, hex, name })),
  },
  { code: 'pieces', type: 'number', name: { uz: 'Boʻlaklar', ru: 'Деталей', en: 'Pieces' }, choices: [] },
  { code: 'washable', type: 'boolean', name: { uz: 'Yuviladi', ru: 'Можно стирать', en: 'Washable' }, choices: [] },
];

const FROM_MS = Date.UTC(2023, 0, 1);
const SPAN_MS = 3 * 365 * 24 * 3_600_000;
const AGES = [0, 0, 0, 0, 6, 12, 18, 24, 36, 36, 36, 48, 60, 72, 84, 96, 120, 144, 168, 192, 216];
const HAZARDS = [
  ['small_parts'],
  ['small_parts', 'magnet'],
  ['button_cell'],
  ['cord_loop'],
  ['sharp'],
  ['projectile'],
  ['chemical_set', 'sharp'],
  ['cosmetics'],
  ['food_contact'],
  ['allergen', 'food_contact'],
  ['loud'],
  ['ride_on', 'helmet_needed'],
  ['connected'],
  ['suffocation_bag'],
];
/** Such things are for nobody under three (SAF-03). */
const FROM_THREE = new Set(['small_parts', 'magnet']);

/** A marketplace made of a seed: few large and many small brands, categories, sellers and words; prices spread log-normally. */
export class Catalog {
  readonly categories: readonly Category[];
  readonly leaves: readonly Category[];
  readonly brands: readonly string[];
  readonly sellers: readonly Seller[];
  readonly #random: Random;
  readonly #size: CatalogSize;

  constructor(size: CatalogSize) {
    this.#size = size;
    this.#random = new Random(size.seed);
    this.categories = this.#tree();
    this.leaves = this.#shuffled(this.categories.filter(({ path }) => path.length === 3));
    this.brands = Array.from({ length: Math.round(20 * Math.sqrt(size.products)) }, (_, n) =>
      coinName(n, this.#random),
    );
    this.sellers = Array.from({ length: size.sellers }, (_, n) => {
      const name = `${coinName(n, this.#random)} savdo`;
      return { id: this.#uuid(FROM_MS), slug: `seller-${n}`, name: { uz: name, ru: name, en: name } };
    });
  }

  /** Every product, made as it is asked for. */
  *products(): Generator<Product> {
    const of = {
      leaf: zipf(this.leaves.length, 0.9),
      brand: zipf(this.brands.length, 1),
      seller: zipf(this.sellers.length, 0.8),
      thing: zipf(THINGS.length, 0.7),
      model: zipf(Math.max(1_000, Math.round(60 * Math.sqrt(this.#size.products))), 0.8),
    };
    for (let n = 0; n < this.#size.products; n += 1) yield this.#product(n, of);
  }

  #product(n: number, of: Record<'leaf' | 'brand' | 'seller' | 'thing' | 'model', (r: Random) => number>): Product {
    const random = this.#random;
    const brand = random.chance(80) ? this.brands[of.brand(random)]! : null;
    const createdMs = FROM_MS + Math.floor((n / this.#size.products) * SPAN_MS);
    const hazards = random.chance(35) ? HAZARDS[Math.min(random.below(20), HAZARDS.length - 1)]! : [];
    const youngest = hazards.some((hazard) => FROM_THREE.has(hazard)) ? 36 : 0;
    const ageMinMonths = Math.max(random.pick(AGES), youngest);
    const priceTiyin = Math.max(100, Math.round(Math.exp(11.5 + 1.1 * random.normal()))) * 100;
    return {
      id: this.#uuid(createdMs),
      variantId: this.#uuid(createdMs),
      slug: `p-${n}`,
      seller: this.sellers[of.seller(random)]!,
      category: this.leaves[of.leaf(random)]!,
      brand,
      title: this.#title(THINGS[of.thing(random)]!, brand, of.model(random)),
      ageMinMonths,
      ageMaxMonths: random.chance(25) ? ageMinMonths + 24 + 12 * random.below(6) : null,
      infoMark: random.chance(8) ? random.pick(['0+', '6+', '12+', '16+', '18+']) : null,
      hazards,
      priceTiyin,
      compareAtTiyin: random.chance(20) ? Math.round(priceTiyin * 1.25) : null,
      stock: random.chance(12) ? 0 : 1 + random.below(60),
      attributes: {
        color: COLOURS[Math.min(random.below(COLOURS.length), random.below(COLOURS.length))]![0],
        ...(random.chance(40) ? { pieces: 1 + random.below(500) } : {}),
        ...(random.chance(60) ? { washable: random.chance(30) } : {}),
      },
      createdMs,
    };
  }

  #title(thing: Text, brand: string | null, model: number): Text {
    const quality = this.#random.pick(QUALITIES);
    const named = `${brand ?? ''} ${coinName(model, new Random(model))} ${1 + this.#random.below(200)}`.trim();
    return {
      uz: `${quality.uz} ${thing.uz} ${named}`,
      ru: `${quality.ru} ${thing.ru} ${named}`,
      en: `${quality.en} ${thing.en} ${named}`,
    };
  }

  #tree(): Category[] {
    const all: Category[] = [];
    const add = (parent: Category | null, id: string, name: Text): Category => {
      const category = { id, path: [...(parent?.path ?? []), id], names: [...(parent?.names ?? []), name] };
      all.push(category);
      return category;
    };
    for (const [d, department] of DEPARTMENTS.entries()) {
      const root = add(null, `d${d}`, department);
      for (let s = 0; s < 8; s += 1) {
        const thing = THINGS[(d * 5 + s) % THINGS.length]!;
        const section = add(root, `d${d}.${s}`, thing);
        for (let l = 0; l < 6; l += 1) add(section, `d${d}.${s}.${l}`, joined(QUALITIES[(s * 6 + l) % 24]!, thing));
      }
    }
    return all;
  }

  #shuffled<T>(things: readonly T[]): T[] {
    const order = things.map((thing) => [this.#random.next(), thing] as const);
    return order.toSorted(([a], [b]) => a - b).map(([, thing]) => thing);
  }

  /** A version 7 id of a moment. */
  #uuid(ms: number): string {
    const time = ms.toString(16).padStart(12, '0');
    const part = (): string => this.#random.below(0x1_0000).toString(16).padStart(4, '0');
    const [a, b, c, d, e] = [part(), part(), part(), part(), part()];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(1)}-8${b.slice(1)}-${c}${d}${e}`;
  }
}

const joined = (a: Text, b: Text): Text => ({ uz: `${a.uz} ${b.uz}`, ru: `${a.ru} ${b.ru}`, en: `${a.en} ${b.en}` });

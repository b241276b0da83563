import { money, share, textFor, vatIncluded, type Locale, type LocalText } from '@um/kernel';
import { unitPrice, type DigitalFile, type VariantInfo } from '@um/product';
import { createHash } from 'node:crypto';
import { packedParts, sharedAmong, type OrderedPart } from './bundle.rules.js';
import type { QuoteView } from './contract.js';
import { needsDelivery, waysToPay } from './download.rules.js';

/** Delivery costs the same for every order, and nothing from an amount on. In tiyin. */
export interface DeliveryTerms {
  readonly flat: number;
  readonly freeFrom: number;
}

/** A line with every figure it will carry for good. Amounts in tiyin. */
export interface PricedLine {
  readonly variantId: string;
  readonly productId: string;
  readonly slug: string;
  readonly storeId: string;
  readonly storeName: LocalText;
  readonly title: LocalText;
  readonly variantLabel: LocalText;
  readonly pictureId: string | null;
  readonly sku: string;
  readonly mxik: string | null;
  readonly qty: number;
  readonly unitPrice: number;
  readonly lineTotal: number;
  readonly vatRate: number;
  readonly vat: number;
  readonly commissionBp: number;
  readonly commission: number;
  readonly digital: DigitalFile | null;
  /** Of a bundle what it is made of. */
  readonly parts: readonly OrderedPart[] | null;
}

/** What an order costs. Amounts in tiyin, VAT included. */
export interface Quote {
  readonly lines: readonly PricedLine[];
  readonly goods: number;
  readonly discount: number;
  readonly delivery: number;
  readonly vat: number;
  readonly total: number;
}

/** A seller's part of an order. */
export interface SellerPart {
  readonly storeId: string;
  readonly storeName: LocalText;
  readonly goods: number;
  readonly commission: number;
  readonly commissionBp: number;
  readonly lines: readonly PricedLine[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Prices one line at today's price and the store's present terms (basis points). VAT and commission are rounded once, per line. */
export function priceLine(variant: VariantInfo, qty: number, commissionBp: number): PricedLine {
  const unit = unitPrice(variant, qty);
  const lineTotal = unit * qty;
  const parts = variant.parts.length > 0 ? sharedAmong(variant.parts, lineTotal) : null;
  return {
    variantId: variant.variantId,
    productId: variant.productId,
    slug: variant.slug,
    storeId: variant.storeId,
    storeName: variant.storeName,
    title: variant.title,
    variantLabel: variant.variantLabel,
    pictureId: variant.pictureId,
    sku: variant.sku,
    mxik: variant.mxik,
    qty,
    unitPrice: unit,
    lineTotal,
    vatRate: variant.vatRate,
    vat: parts ? sum(parts.map((part) => part.vat)) : vatIncluded(lineTotal, variant.vatRate),
    commissionBp,
    commission: share(lineTotal, commissionBp),
    digital: variant.digital,
    parts,
  };
}

/** Adds lines up to what an order costs. What is downloaded costs no delivery and makes none free. */
export function quoteOf(lines: readonly PricedLine[], terms: DeliveryTerms): Quote {
  const goods = sum(lines.map((line) => line.lineTotal));
  const brought = lines.filter((line) => line.digital === null);
  const free = !needsDelivery(lines) || sum(brought.map((line) => line.lineTotal)) >= terms.freeFrom;
  const delivery = free ? 0 : terms.flat;
  return { lines, goods, discount: 0, delivery, vat: sum(lines.map((line) => line.vat)), total: goods + delivery };
}

/** Splits an order by seller, in a fixed order of stores. */
export function partsOf(lines: readonly PricedLine[]): SellerPart[] {
  const stores = [...new Set(lines.map((line) => line.storeId))].toSorted();
  return stores.map((storeId) => {
    const own = lines.filter((line) => line.storeId === storeId);
    const [{ storeName, commissionBp }] = own as [PricedLine];
    return {
      storeId,
      storeName,
      commissionBp,
      lines: own,
      goods: sum(own.map((line) => line.lineTotal)),
      commission: sum(own.map((line) => line.commission)),
    };
  });
}

/** Stands for every figure a buyer sees in a quote; independent of the order of lines. */
export function fingerprint(quote: Quote): string {
  const lines = quote.lines
    .map(({ variantId, qty, unitPrice: unit, lineTotal, vat, digital, parts }) => {
      const figures = [variantId, qty, unit, lineTotal, vat] as const;
      if (parts) return [...figures, ...parts.map((part) => `${part.qty} ${part.variantId}`)] as const;
      return digital ? ([...figures, digital.fileId] as const) : figures;
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const figures = [lines, quote.goods, quote.discount, quote.delivery, quote.vat, quote.total];
  return createHash('sha256').update(JSON.stringify(figures)).digest('base64url');
}

/** A quote as the buyer sees it, in their language. */
export function quoteView(quote: Quote, locale: Locale): QuoteView {
  return {
    lines: quote.lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      slug: line.slug,
      title: textFor(line.title, locale),
      variantLabel: textFor(line.variantLabel, locale),
      pictureId: line.pictureId,
      store: { id: line.storeId, name: textFor(line.storeName, locale) },
      qty: line.qty,
      unitPrice: money(line.unitPrice),
      lineTotal: money(line.lineTotal),
      vat: money(line.vat),
      digital: line.digital !== null,
      parts: packedParts(line.parts, line.qty, locale),
    })),
    goods: money(quote.goods),
    discount: money(quote.discount),
    delivery: money(quote.delivery),
    vatIncluded: money(quote.vat),
    total: money(quote.total),
    needsAddress: needsDelivery(quote.lines),
    methods: waysToPay(quote.lines),
    fingerprint: fingerprint(quote),
  };
}

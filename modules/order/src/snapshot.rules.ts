import type { AskLine, AskSnapshot } from '@um/family';
import type { VariantInfo } from '@um/product';
import { createHash } from 'node:crypto';
import type { Quote } from './quote.rules.js';

/** JSON with its keys in order, so that equal things have equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

const byVariant = (lines: readonly AskLine[]): AskLine[] =>
  lines.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));

/** The hash an approval is bound to: it covers everything a parent sees and everything that would be ordered (APP-02). */
export function snapshotHash(snapshot: Omit<AskSnapshot, 'hash'>): string {
  const { lines, ...figures } = snapshot;
  return createHash('sha256')
    .update(canonical({ ...figures, lines: byVariant(lines) }))
    .digest('base64url');
}

/** What a child asks for, exactly as the parent will see it. */
export function snapshotOf(
  quote: Quote,
  variants: ReadonlyMap<string, VariantInfo>,
  policyVersion: number,
): AskSnapshot {
  const lines = quote.lines.map((line): AskLine => {
    const { facts, warnings } = variants.get(line.variantId)!;
    return {
      variantId: line.variantId,
      productId: line.productId,
      slug: line.slug,
      storeId: line.storeId,
      storeName: line.storeName,
      title: line.title,
      variantLabel: line.variantLabel,
      pictureId: line.pictureId,
      qty: line.qty,
      unitPriceTiyin: line.unitPrice,
      lineTotalTiyin: line.lineTotal,
      ageMinMonths: facts.ageMinMonths,
      infoMark: facts.infoMark,
      hazards: facts.hazards,
      warnings,
      facts,
      // Exactly this document: with another one the approval does not cover it.
      ...(line.digital ? { fileId: line.digital.fileId } : {}),
      // And exactly these parts.
      ...(line.parts ? { parts: line.parts.map(({ variantId, title, qty }) => ({ variantId, title, qty })) } : {}),
    };
  });
  const open = {
    lines,
    goodsTiyin: quote.goods,
    discountTiyin: quote.discount,
    deliveryTiyin: quote.delivery,
    totalTiyin: quote.total,
    currency: 'UZS' as const,
    policyVersion,
  };
  return { ...open, hash: snapshotHash(open) };
}

/** Everything but the prices, as text: an approval needs it to be the same. */
function besidesPrices(snapshot: AskSnapshot): string {
  const lines = byVariant(snapshot.lines).map(
    ({ unitPriceTiyin: _unit, lineTotalTiyin: _total, facts: { priceTiyin: _price, ...facts }, ...line }) => ({
      ...line,
      facts,
    }),
  );
  return canonical({
    lines,
    currency: snapshot.currency,
    policyVersion: snapshot.policyVersion,
    discount: snapshot.discountTiyin,
  });
}

/** True when an approval of one snapshot covers ordering another: everything is the same and no figure is higher (APP-03). */
export function covers(approved: AskSnapshot, live: AskSnapshot): boolean {
  if (besidesPrices(approved) !== besidesPrices(live)) return false;
  const prices = new Map(approved.lines.map((line) => [line.variantId, line.unitPriceTiyin]));
  const linesNotDearer = live.lines.every(
    (line) =>
      line.unitPriceTiyin <= prices.get(line.variantId)! && line.lineTotalTiyin === line.unitPriceTiyin * line.qty,
  );
  return linesNotDearer && live.deliveryTiyin <= approved.deliveryTiyin && live.totalTiyin <= approved.totalTiyin;
}

import { newId, textFor } from '@um/kernel';
import type { AskLine, AskSnapshot, NewChild } from './contract.js';
import { CONSENT_VERSION } from './contract.js';
import type { z } from 'zod';

/** What a parent sends to open a profile. */
export const aNewChild = (change: Partial<z.input<typeof NewChild>> = {}): z.input<typeof NewChild> => ({
  nickname: 'Temur',
  birthDate: '2017-05-04',
  avatar: 'fox',
  pin: '4821',
  consent: { version: CONSENT_VERSION, purposes: ['profile', 'shopping', 'order_history'] },
  ...change,
});

/** One line a child may ask for. */
export function anAskLine(change: Partial<AskLine> = {}): AskLine {
  const [variantId, productId, storeId] = [newId(), newId(), newId()];
  const title = { uz: 'Kubiklar', ru: 'Кубики', en: 'Blocks' };
  return {
    variantId,
    productId,
    slug: textFor(title, 'en').toLowerCase(),
    storeId,
    storeName: title,
    title,
    variantLabel: { uz: '', ru: '', en: '' },
    pictureId: null,
    qty: 1,
    unitPriceTiyin: 1_000_000,
    lineTotalTiyin: 1_000_000,
    ageMinMonths: 36,
    infoMark: null,
    hazards: [],
    warnings: null,
    facts: { ageMinMonths: 36, infoMark: null, hazards: [], categoryPath: ['toys'], storeId, priceTiyin: 1_000_000 },
    ...change,
  };
}

/** What a child asks for, `totalTiyin` in all. */
export function aSnapshot(totalTiyin = 1_000_000, hash: string = newId()): AskSnapshot {
  return {
    lines: [anAskLine({ unitPriceTiyin: totalTiyin, lineTotalTiyin: totalTiyin })],
    goodsTiyin: totalTiyin,
    discountTiyin: 0,
    deliveryTiyin: 0,
    totalTiyin,
    currency: 'UZS',
    policyVersion: 1,
    hash,
  };
}

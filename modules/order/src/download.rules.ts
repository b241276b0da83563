import type { DownloadState } from '@um/file';
import type { PaymentMethod } from '@um/payment';
import type { DigitalFile } from '@um/product';
import type { DownloadView, OrderState, SellerOrderState } from './contract.js';

/** How often a buyer may download what was bought. */
export const MOST_DOWNLOADS = 5;
/** How long after the order it may be downloaded, in ms: a year. */
export const ACCESS_MS = 365 * 86_400_000;
/** A buyer who downloads nothing may cancel for this long after paying, in ms: two weeks. Then it counts as delivered. */
export const UNOPENED_MS = 14 * 86_400_000;

type Lines = readonly { readonly digital: DigitalFile | null }[];

/** True when something has to be brought somewhere. */
export const needsDelivery = (lines: Lines): boolean => lines.some((line) => line.digital === null);
/** True when everything is downloaded. */
export const isDigital = (lines: Lines): boolean => !needsDelivery(lines);
/** How an order of these may be paid: what is downloaded is handed over by nobody, who could take cash for it. */
export const waysToPay = (lines: Lines): PaymentMethod[] =>
  lines.some((line) => line.digital !== null) ? ['sandbox'] : ['sandbox', 'cash'];

/** True when what is downloaded may be given out: the order is paid and its part was not taken back. */
export const isGivenOut = (order: OrderState, part: SellerOrderState): boolean =>
  (order === 'paid' || order === 'completed') && part !== 'cancelled' && part !== 'returned';

export const accessUntil = (placedAt: Date): Date => new Date(placedAt.getTime() + ACCESS_MS);

interface Bought {
  readonly lineId: string;
  readonly order: OrderState;
  readonly part: SellerOrderState;
  readonly placedAt: Date;
  readonly given: boolean;
  /** What became of the right so far; undefined when it was never used. */
  readonly right: DownloadState | undefined;
}

/** What a buyer may download now. */
export function downloadView({ lineId, order, part, placedAt, given, right }: Bought, now: Date): DownloadView {
  const until = accessUntil(placedAt);
  const left = Math.max(0, MOST_DOWNLOADS - (right?.used ?? 0));
  const state = (): DownloadView['state'] => {
    if (order === 'pending_payment') return 'waiting';
    if (right?.withdrawn || !isGivenOut(order, part)) return 'withdrawn';
    if (until <= now) return 'over';
    return left === 0 ? 'used_up' : 'ready';
  };
  return { lineId, state: state(), left, most: MOST_DOWNLOADS, until: until.toISOString(), given };
}

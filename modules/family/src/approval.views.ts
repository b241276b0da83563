import { money, textFor, type Locale } from '@um/kernel';
import type { z } from 'zod';
import { needsAddress, waysToPay } from './approval.rules.js';
import type { ApprovalRow } from './approvals.queries.js';
import type { ApprovalView, SpendingWindow } from './contract.js';

/** An ask in the reader's language. `spending` only for guardians. */
export function approvalView(
  row: ApprovalRow,
  child: { nickname: string; avatar: string },
  spending: readonly z.infer<typeof SpendingWindow>[] | null,
  locale: Locale,
): ApprovalView {
  const left = (window: 'day' | 'week' | 'month') => spending?.find((s) => s.window === window)?.left ?? null;
  return {
    id: row.id,
    state: row.state,
    child: { id: row.child_id, nickname: child.nickname, avatar: child.avatar },
    lines: row.snapshot.lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      slug: line.slug,
      title: textFor(line.title, locale),
      variantLabel: textFor(line.variantLabel, locale),
      storeName: textFor(line.storeName, locale),
      pictureId: line.pictureId,
      qty: line.qty,
      unitPrice: money(line.unitPriceTiyin),
      lineTotal: money(line.lineTotalTiyin),
      ageMinMonths: line.ageMinMonths,
      infoMark: line.infoMark,
      hazards: line.hazards,
      warnings: line.warnings ? textFor(line.warnings, locale) : null,
      digital: line.fileId !== undefined,
      parts: (line.parts ?? []).map((part) => ({ title: textFor(part.title, locale), qty: part.qty * line.qty })),
    })),
    needsAddress: needsAddress(row.snapshot.lines),
    methods: waysToPay(row.snapshot.lines),
    goods: money(row.snapshot.goodsTiyin),
    discount: money(row.snapshot.discountTiyin),
    delivery: money(row.snapshot.deliveryTiyin),
    total: money(row.snapshot.totalTiyin),
    note: row.note,
    reason: row.reason,
    orderId: row.state === 'ordered' ? row.order_id : null,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    left: spending ? { day: left('day'), week: left('week'), month: left('month') } : null,
    snapshotHash: row.snapshot_hash,
  };
}

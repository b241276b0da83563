import type { SettingKey } from '@um/config';

/** How a setting is shown and typed: text, or a number in a unit people use. */
export type Shape = 'text' | 'minutes' | 'hours' | 'money';

export const shapes: Readonly<Record<SettingKey, Shape>> = {
  'shop.name': 'text',
  'orders.pendingMinutes': 'minutes',
  'approvals.ttlHours': 'hours',
  'delivery.flatTiyin': 'money',
  'delivery.freeFromTiyin': 'money',
};

const TIYIN = 100;

/** The value as it stands in its field: money in soʻm. */
export function toField(shape: Shape, value: unknown): string {
  return shape === 'money' ? String(Number(value) / TIYIN) : String(value);
}

/** What was typed as the platform keeps it: money in tiyin. Undefined when it is no value of that shape; limits are the platform's to judge. */
export function fromField(shape: Shape, typed: string): string | number | undefined {
  const text = typed.trim();
  if (shape === 'text') return text || undefined;
  const digits = text.replace(/[\s\u00a0]/g, '').replace(',', '.');
  if (!/^\d+(\.\d{1,2})?$/.test(digits)) return undefined;
  const number = shape === 'money' ? Math.round(Number(digits) * TIYIN) : Number(digits);
  return Number.isSafeInteger(number) ? number : undefined;
}

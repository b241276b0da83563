import type { CacheProcess } from '@um/config';

/** What all processes did and hold together. */
export interface Together {
  readonly hits: number;
  readonly asked: number;
  readonly stale: number;
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** Adds the figures of processes up. */
export function together(processes: readonly CacheProcess[]): Together {
  const sum = { hits: 0, asked: 0, stale: 0, entries: 0, bytes: 0, maxBytes: 0 };
  for (const { areas, entries, bytes, maxBytes } of processes) {
    for (const { hits, misses, stale } of areas) {
      sum.hits += hits.memory + hits.redis;
      sum.asked += hits.memory + hits.redis + misses;
      sum.stale += stale;
    }
    sum.entries += entries;
    sum.bytes += bytes;
    sum.maxBytes += maxBytes;
  }
  return sum;
}

/** The tags of all processes with how many entries they have, the biggest first. */
export function commonTags(processes: readonly CacheProcess[], count: number): { tag: string; entries: number }[] {
  const entries = new Map<string, number>();
  for (const { tag, entries: more } of processes.flatMap((one) => one.tags))
    entries.set(tag, (entries.get(tag) ?? 0) + more);
  return [...entries]
    .map(([tag, sum]) => ({ tag, entries: sum }))
    .sort((a, b) => b.entries - a.entries || (a.tag < b.tag ? -1 : 1))
    .slice(0, count);
}

/** A share as people read it; a dash while nothing was asked. */
export const percent = (part: number, whole: number): string =>
  whole === 0
    ? '–'
    : `${(Math.floor((part / whole) * 1_000) / 10).toLocaleString('ru', { maximumFractionDigits: 1 })}%`;

const KIB = 1_024;

/** Bytes as people read them. */
export function sizeText(bytes: number): string {
  const [unit, by] = bytes < KIB * KIB ? (['KB', KIB] as const) : (['MB', KIB * KIB] as const);
  const number = bytes / by;
  return `${number.toLocaleString('ru', { maximumFractionDigits: number < 10 ? 1 : 0 })} ${unit}`;
}

/** How long a process runs, in its biggest unit. */
export function upFor(seconds: number, words: { days: string; hours: string; minutes: string }): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} ${words.minutes}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} ${words.hours}` : `${Math.floor(hours / 24)} ${words.days}`;
}

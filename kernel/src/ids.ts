import { randomFillSync } from 'node:crypto';

/** How many milliseconds' counters are remembered: requests under way at once, each with its own `ctx.now`. */
const REMEMBERED = 256;
const COUNTER_MASK = 0xf_ffff;

/** Ids made so far in a millisecond; its order is the order of first use. */
const counters = new Map<number, number>();
/** Random bytes are drawn in bulk: one call a hundred ids. */
const pool = Buffer.alloc(800);
let drawn = pool.length;

function nextCounter(ms: number): number {
  const counter = counters.get(ms) ?? 0;
  if (counter === 0 && counters.size >= REMEMBERED) counters.delete(counters.keys().next().value!);
  counters.set(ms, (counter + 1) & COUNTER_MASK);
  return counter;
}

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, a 20-bit counter, 54 random bits. Ids that one process makes for
 * the same millisecond sort in the order in which they were made, up to a million of them.
 */
export function newId(now: Date = new Date()): string {
  const ms = now.getTime();
  const counter = nextCounter(ms);
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = 0x70 | (counter >> 16);
  bytes[7] = (counter >> 8) & 0xff;
  pool.copy(bytes, 8, drawn, drawn + 8);
  drawn += 8;
  // The variant's two bits, then the counter's last eight, then 54 random bits.
  bytes[8] = 0x80 | ((counter >> 2) & 0x3f);
  bytes[9] = ((counter & 0x3) << 6) | (bytes[9]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

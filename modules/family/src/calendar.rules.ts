/** Keys of the calendar windows a moment falls into, in a family's time zone (LIM-06, LIM-07; weeks start on Monday). */
export interface WindowKeys {
  readonly day: string;
  readonly week: string;
  readonly month: string;
}
export const windowKinds = ['day', 'month', 'week'] as const; // sorted: the order counters are locked in
export type WindowKind = (typeof windowKinds)[number];

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date of a moment in a time zone, `YYYY-MM-DD`. */
export function localDate(at: Date, timeZone: string): string {
  let format = formatters.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, format);
  }
  return format.format(at);
}

const DAY_MS = 86_400_000;

/** The windows of a moment. The week's key is the date of its Monday. */
export function windowKeys(at: Date, timeZone: string): WindowKeys {
  const day = localDate(at, timeZone);
  const noon = Date.parse(`${day}T12:00:00Z`);
  const weekday = (new Date(noon).getUTCDay() + 6) % 7;
  return { day, week: new Date(noon - weekday * DAY_MS).toISOString().slice(0, 10), month: day.slice(0, 7) };
}

/** Whole months between a birth date and a calendar date, both `YYYY-MM-DD`. */
export function ageInMonths(birthDate: string, today: string): number {
  const [by, bm, bd] = birthDate.split('-').map(Number) as [number, number, number];
  const [ty, tm, td] = today.split('-').map(Number) as [number, number, number];
  return (ty - by) * 12 + (tm - bm) - (td < bd ? 1 : 0);
}

const bands = [
  [36, '0-2'],
  [72, '3-5'],
  [108, '6-8'],
  [156, '9-12'],
  [192, '13-15'],
] as const;

/** The age band of a child. */
export function bandOf(ageMonths: number): '0-2' | '3-5' | '6-8' | '9-12' | '13-15' | '16-17' {
  return bands.find(([below]) => ageMonths < below)?.[1] ?? '16-17';
}

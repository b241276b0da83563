import type { UiLocale } from './money.js';

// One zone for everybody: Uzbekistan has a single one, and the server and the browser must say the same.
const zone = 'Asia/Tashkent';
const months = {
  uz: 'yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr'.split(' '),
  'uz-Cyrl': 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' '),
};
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const long: Record<'ru' | 'en', Intl.DateTimeFormat> = {
  ru: new Intl.DateTimeFormat('ru-RU', { timeZone: zone, day: 'numeric', month: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long' }),
};

/** A moment as people say it: "24-noyabr, 14:05", "24-ноябрь, 14:05", "24 ноября, 14:05". */
export function dateTime(iso: string, locale: UiLocale): string {
  const { clock } = split(iso);
  return `${dayOf(iso, locale)}, ${clock}`;
}

/** A day as people say it: "24-noyabr". Browsers write Uzbek months in many ways, so ours are our own. */
export function dayOf(iso: string, locale: UiLocale): string {
  const date = new Date(iso);
  if (locale === 'ru' || locale === 'en') return long[locale].format(date);
  const { day, month } = split(iso);
  return `${day}-${months[locale][month - 1]}`;
}

/** The year of a moment in Tashkent. */
export const yearOf = (iso: string): number => split(iso).year;

function split(iso: string): { day: number; month: number; year: number; clock: string } {
  const found = Object.fromEntries(parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return {
    day: Number(found['day']),
    month: Number(found['month']),
    year: Number(found['year']),
    clock: `${found['hour']}:${found['minute']}`,
  };
}

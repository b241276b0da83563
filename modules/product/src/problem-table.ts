import { textFor, type Locale, type LocalText } from '@um/kernel';
import { csvLine, harmless } from './csv.js';
import type { BadLine } from './line.rules.js';
import { problemOf } from './problem.rules.js';

const HEADINGS: readonly LocalText[] = [
  { uz: 'Satr', ru: 'Строка', en: 'Line' },
  { uz: 'Mahsulot kodi', ru: 'Код товара', en: 'Product code' },
  { uz: 'Maydon', ru: 'Поле', en: 'Field' },
  { uz: 'Sabab', ru: 'Причина', en: 'Reason' },
  { uz: 'Xato kodi', ru: 'Код ошибки', en: 'Error code' },
];
const MARK = '\u{FEFF}';

/** Refused lines as lines of CSV. `next` answers those after a line, and nothing when there are no more. */
export async function* problemLines(
  next: (after: number) => Promise<readonly BadLine[]>,
  locale: Locale,
): AsyncGenerator<string> {
  yield (
    MARK +
    csvLine(
      HEADINGS.map((heading) => textFor(heading, locale)),
      ';',
    )
  );
  for (let page = await next(0); page.length > 0; page = await next(page.at(-1)!.line)) {
    const lines = page.map((bad) => {
      const { line, externalId, field, message, code } = problemOf(bad, locale);
      return csvLine([String(line), ...[externalId ?? '', field ?? '', message, code].map(harmless)], ';');
    });
    yield lines.join('');
  }
}

import { errorCatalogue, fieldProblems, textFor, type Locale } from '@um/kernel';
import type { z } from 'zod';
import { faultText } from './attribute.rules.js';
import type { ImportProblem } from './contract.js';
import type { BadLine } from './line.rules.js';

const SHOWN = 3;

/** A refused line in the reader's language: what is wrong, and in which fields. */
export function problemOf(bad: BadLine, locale: Locale): z.input<typeof ImportProblem> {
  const general = errorCatalogue.get(bad.code);
  const text = general ? textFor(general.message, locale) : bad.code;
  const fields = bad.issues.slice(0, SHOWN).map((issue) => {
    const [told] = fieldProblems([issue], locale);
    const fault = faultText(issue, locale);
    return `${issue.path.join('.') || '—'}: ${fault ?? (issue.code === 'custom' ? issue.message : told!.message)}`;
  });
  return { line: bad.line, externalId: bad.externalId, code: bad.code, message: [text, ...fields].join(' ') };
}

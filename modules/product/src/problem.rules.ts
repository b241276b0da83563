import { errorCatalogue, textFor, type Locale } from '@um/kernel';
import type { z } from 'zod';
import type { ImportProblem } from './contract.js';
import { issueText } from './import-issue.rules.js';
import type { BadLine } from './line.rules.js';

const SHOWN = 3;

/** A refused line in the reader's language: what is wrong, and in which fields. */
export function problemOf(bad: BadLine, locale: Locale): z.input<typeof ImportProblem> {
  const general = errorCatalogue.get(bad.code);
  const text = general ? textFor(general.message, locale) : bad.code;
  const told = bad.issues.flatMap((issue) => {
    const why = issueText(issue, locale);
    return why === undefined ? [] : [`${issue.field || '—'}: ${why}.`];
  });
  return {
    line: bad.line,
    externalId: bad.externalId,
    code: bad.code,
    field: bad.issues[0]?.field || null,
    message: [text, ...told.slice(0, SHOWN)].join(' '),
  };
}

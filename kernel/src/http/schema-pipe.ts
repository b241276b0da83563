import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { ZodType, z } from 'zod';
import type { Locale } from '../text.js';
import { httpErrors } from './http-errors.js';

/** True when a text anywhere in the value holds U+0000, which no database column can keep. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner));
}

/** Parses bodies, queries and parameters by their Zod schema; the texts of the problems are made later in the reader's language. */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (!(metadata.schema instanceof ZodType)) return value;
    if (holdsNul(value)) throw httpErrors.BAD_REQUEST({ where: metadata.type });
    const result = metadata.schema.safeParse(value);
    if (result.success) return result.data;
    throw httpErrors.INVALID({ where: metadata.type, issues: result.error.issues });
  }
}

const maps: Record<Locale, z.core.$ZodErrorMap> = {
  uz: z.locales.uz().localeError,
  'uz-Cyrl': z.locales.uz().localeError,
  ru: z.locales.ru().localeError,
  en: z.locales.en().localeError,
};

export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** One entry a field, in the reader's language; a schema's own message wins over the general one. */
export function fieldProblems(issues: readonly z.core.$ZodIssue[], locale: Locale): FieldProblem[] {
  return issues.map((issue) => {
    const told = maps[locale](issue as z.core.$ZodRawIssue);
    const general = typeof told === 'string' ? told : told?.message;
    return { path: issue.path.join('.'), code: issue.code, message: general ?? issue.message };
  });
}

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AppError } from '../errors.js';
import { fieldProblems, SchemaPipe } from './schema-pipe.js';

const schema = z.strictObject({ name: z.string().min(2), tags: z.array(z.string()).default([]) });
const pipe = (value: unknown): unknown => new SchemaPipe().transform(value, { type: 'body', schema });
const refusal = (value: unknown): AppError => {
  try {
    pipe(value);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it was let through');
};

describe('input', () => {
  test('is parsed, with defaults', () => {
    expect(pipe({ name: 'Aziz' })).toEqual({ name: 'Aziz', tags: [] });
  });

  test.each([
    ['an unknown field', { name: 'Aziz', admin: true }, 'http.INVALID'],
    ['a short text', { name: 'A' }, 'http.INVALID'],
    ['a NUL in a text', { name: 'Az\0iz' }, 'http.BAD_REQUEST'],
    ['a NUL deep inside', { name: 'Aziz', tags: ['a', 'b\0'] }, 'http.BAD_REQUEST'],
    ['a NUL in a name of a field', { name: 'Aziz', 'x\0': 1 }, 'http.BAD_REQUEST'],
  ])('%s is refused', (_name, value, code) => {
    expect(refusal(value).code).toBe(code);
  });

  test('problems name each field in the language of the reader', () => {
    const { issues } = refusal({ name: 'A', tags: [1] }).details as { issues: z.core.$ZodIssue[] };
    const told = (['uz', 'ru', 'en'] as const).map((locale) => fieldProblems(issues, locale));
    expect(told[0]!.map((p) => p.path)).toEqual(['name', 'tags.0']);
    expect(new Set(told.map((problems) => problems[0]!.message)).size).toBe(3);
  });
});

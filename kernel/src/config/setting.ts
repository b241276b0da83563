import { z } from 'zod';
import { Secret } from '../secret.js';

/** A setting: the text of an environment variable turned into a value. */
export type Setting = z.ZodType<unknown, string | undefined>;
export type Shape = Readonly<Record<string, Setting>>;

/** A setting that has a value when nobody sets it. `fallback` is written as it would stand in the environment. */
export function withDefault<S extends z.ZodType<unknown, string>>(
  schema: S,
  fallback: z.input<S>,
  description: string,
) {
  return schema.prefault(fallback as never).meta({ description, fallback });
}

/** A setting that may be absent. `otherwise` says what happens then. */
export function optional<S extends z.ZodType<unknown, string>>(schema: S, description: string, otherwise = '') {
  return schema.optional().meta({ description, otherwise });
}

/** A whole number between two limits. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is below ${min}`).max(max, `is above ${max}`));

/** A yes or no. */
export const flag = () =>
  z.stringbool({
    truthy: ['true', 'on', 'yes', '1'],
    falsy: ['false', 'off', 'no', '0'],
    error: 'is neither on nor off',
  });

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `is none of ${words.join(', ')}` });

/** An address of one of the given schemes, without a trailing slash. */
export const address = (...schemes: readonly string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
      error: `is no address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    })
    .transform((text) => text.replace(/\/+$/, ''));

/** A value that is never printed. */
export const secret = <S extends z.ZodType<string, string>>(schema: S) =>
  schema.transform((text) => new Secret(text)).meta({ secret: true });

const NAME = '[a-z][a-z0-9-]*';

/** `all`, or names separated by commas. */
export const names = () =>
  z
    .string()
    .regex(new RegExp(`^(all|${NAME}(,${NAME})*)$`), 'is neither all nor names separated by commas')
    .transform((text): 'all' | readonly string[] => (text === 'all' ? text : Object.freeze(text.split(','))));

const PAIR = new RegExp(`^${NAME}=https?://[^\\s,=]+$`);

/** `name=http://host:port` pairs separated by commas. */
export const addresses = () =>
  z
    .string()
    .refine((text) => text === '' || text.split(',').every((pair) => PAIR.test(pair)), {
      error: 'is not a list like cart=http://10.0.0.7:3000,order=http://10.0.0.8:3000',
    })
    .transform((text): Readonly<Record<string, string>> => {
      const pairs = text.split(',').filter((pair) => pair !== '');
      return Object.freeze(
        Object.fromEntries(
          pairs.map((pair) => [
            pair.slice(0, pair.indexOf('=')),
            pair.slice(pair.indexOf('=') + 1).replace(/\/+$/, ''),
          ]),
        ),
      );
    });

import { LocalTextSchema } from '@um/kernel/contract';
import { z } from 'zod';

const words = (longest: number) => {
  const text = z.string().trim().min(1).max(longest);
  return z.strictObject({ uz: text, ru: text, en: text });
};

export const AttributeType = z.enum(['text', 'number', 'boolean', 'choice', 'colour']);
export type AttributeType = z.infer<typeof AttributeType>;
export const AttributeCode = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
/** What a product says of itself: a number is in the attribute's unit, a choice is the value of one of its choices. */
export const AttributeValue = z.union([z.string(), z.number(), z.boolean()]);
export type AttributeValue = z.infer<typeof AttributeValue>;

/** One of the values a product may choose. A colour says which one it is, as #rrggbb, unless it is no single one. */
export const AttributeChoice = z.strictObject({
  value: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  name: words(80),
  hex: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
});
const body = {
  type: AttributeType,
  name: words(80),
  unit: words(20).nullable(),
  choices: z.array(AttributeChoice).max(300),
  /** Offered as a filter beside lists. Free text never is. */
  facet: z.boolean(),
  position: z.int().min(0).max(100_000),
};
export const AttributeBody = z.strictObject(body);
export type AttributeBody = z.infer<typeof AttributeBody>;
/** An attribute as it is kept and told: a code means the same in every category. */
export const AttributeDefinition = z.strictObject({ code: AttributeCode, ...body });
export type AttributeDefinition = z.infer<typeof AttributeDefinition>;

const asked = z.strictObject({ code: AttributeCode, required: z.boolean() });
/** What one category asks for beside what those above it ask for. */
export const CategoryAttributes = z.strictObject({ attributes: z.array(asked).max(100) });
export const AdminAttribute = z.object({
  ...AttributeDefinition.shape,
  categories: z.array(z.object({ categoryId: z.string(), required: z.boolean() })),
});
export type AdminAttribute = z.infer<typeof AdminAttribute>;

/** An attribute that a category asks of its products, in all languages; `from` is the category that asks for it. */
export const AskedAttribute = z.object({
  code: AttributeCode,
  type: AttributeType,
  name: LocalTextSchema,
  unit: LocalTextSchema.nullable(),
  choices: z.array(z.object({ value: z.string(), name: LocalTextSchema, hex: z.string().optional() })),
  facet: z.boolean(),
  required: z.boolean(),
  from: z.string(),
});
export type AskedAttribute = z.infer<typeof AskedAttribute>;

/** One line of a product's details in the reader's language; `text` is the name of a choice, `hex` the colour it is. */
export const Feature = z.object({
  code: z.string(),
  name: z.string(),
  value: AttributeValue,
  text: z.string().nullable(),
  unit: z.string().nullable(),
  hex: z.string().nullable(),
});
export type Feature = z.infer<typeof Feature>;

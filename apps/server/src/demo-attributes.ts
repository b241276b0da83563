import { demoAttributes, demoCategoryAttributes, type DemoAttribute } from '@um/demo';
import type { Client, Ctx } from '@um/kernel';
import type { AttributeDefinition, product } from '@um/product';

const APART = 10;

/** An attribute of the demo as the catalog defines it, in the order of the file. */
const definitionOf = (
  { id, type, facet, name, unit, values, hex }: DemoAttribute,
  place: number,
): AttributeDefinition => ({
  code: id,
  type,
  name,
  unit: unit ?? null,
  choices: Object.entries(values ?? {}).map(([value, word]) => ({
    value,
    name: word,
    ...(hex?.[value] ? { hex: hex[value] } : {}),
  })),
  facet: facet ?? false,
  position: place * APART,
});

/** Defines what the demo's products are described by, and which category asks for what. */
export async function putDemoAttributes(products: Client<typeof product>, ctx: Ctx): Promise<void> {
  const [attributes, categories] = await Promise.all([demoAttributes(), demoCategoryAttributes()]);
  await products.putAttributes(ctx, {
    attributes: attributes.map(definitionOf),
    categories: Object.entries(categories).map(([categoryId, codes]) => ({
      categoryId,
      attributes: codes.map((code) => ({ code, required: false })),
    })),
  });
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeDefinition } from './attribute-view.js';
import { askedOn, attributeIssues, definitionFault, faultText, featuresOf, type Asked } from './attribute.rules.js';

const text = (words: string) => ({ uz: `${words} uz`, ru: `${words} ru`, en: words });
const one = (over: Partial<AttributeDefinition> & Pick<AttributeDefinition, 'code' | 'type'>): AttributeDefinition => ({
  name: text(over.code),
  unit: null,
  choices: [],
  facet: false,
  position: 0,
  ...over,
});
const colour = one({
  code: 'color',
  type: 'colour',
  position: 2,
  choices: [{ value: 'red', name: text('red'), hex: '#ff0000' }],
});
const material = one({ code: 'material', type: 'choice', choices: [{ value: 'wood', name: text('wood') }] });
const length = one({ code: 'length', type: 'number', unit: text('m'), position: 1 });
const washable = one({ code: 'washable', type: 'boolean' });
const note = one({ code: 'note', type: 'text' });
const all = new Map([colour, material, length, washable, note].map((attribute) => [attribute.code, attribute]));
const asked = (attribute: AttributeDefinition, required = false): Asked => ({ ...attribute, required, from: 'toys' });
const faults = (values: Record<string, string | number | boolean>, by: readonly Asked[]) =>
  attributeIssues(values, by).map((issue) => [issue.path.at(-1), faultText(issue.fault, 'en')]);

describe('what a category asks for', () => {
  const asks = [
    { categoryId: 'toys', code: 'color', required: true },
    { categoryId: 'toys', code: 'length', required: false },
    { categoryId: 'toys.blocks', code: 'color', required: false },
    { categoryId: 'toys.blocks', code: 'material', required: true },
    { categoryId: 'tools', code: 'note', required: true },
  ];
  test('is its own and what those above it ask for, in the order of the attributes', () => {
    const shown = (path: string[]) =>
      askedOn(path, asks, all).map(({ code, required, from }) => [code, required, from]);
    expect(shown(['toys', 'toys.blocks'])).toEqual([
      ['material', true, 'toys.blocks'],
      ['length', false, 'toys'],
      ['color', true, 'toys'],
    ]);
    expect(shown(['toys'])).toEqual([
      ['length', false, 'toys'],
      ['color', true, 'toys'],
    ]);
    expect(shown(['books'])).toEqual([]);
  });
});

describe('a product’s attributes', () => {
  test('have the type they are defined with', () => {
    const by = [colour, material, length, washable, note].map((attribute) => asked(attribute));
    expect(faults({ color: 'red', material: 'wood', length: 1.5, washable: false, note: 'soft' }, by)).toEqual([]);
    expect(faults({ color: 'blue', material: 'Wood', length: '1.5', washable: 'yes', note: 4 }, by)).toEqual([
      ['color', 'has to be one of the listed colours'],
      ['material', 'has to be one of the listed values'],
      ['length', 'has to be a number'],
      ['washable', 'has to be yes or no'],
      ['note', 'has to be a text'],
    ]);
  });

  test('are those the category asks for, and all that it requires', () => {
    expect(faults({ weight: 5, note: ' ' }, [asked(note, true), asked(length, true)])).toEqual([
      ['weight', 'the category has no such attribute'],
      ['note', 'has to be filled in'],
      ['length', 'has to be filled in'],
    ]);
    expect(faults({ length: 0 }, [asked(length, true)])).toEqual([]);
  });

  test('are whatever is given where the category asks for none', () => {
    expect(faults({ weight: 5, anything: 'goes' }, [])).toEqual([]);
  });

  test('that are refused are named, and every other is of its type', () => {
    const by = [colour, material, length, washable, note].map((attribute) => asked(attribute));
    const code = fc.oneof(fc.constantFrom(...all.keys()), fc.string());
    const value = fc.oneof(fc.string(), fc.constantFrom('red', 'wood'), fc.double(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(code, value), (values) => {
        const named = new Set(attributeIssues(values, by).map((issue) => issue.path[1]));
        for (const [given, said] of Object.entries(values)) {
          if (named.has(given)) continue;
          const type = all.get(given)?.type;
          expect(type).toBeDefined();
          expect(typeof said).toBe(type === 'number' || type === 'boolean' ? type : 'string');
        }
      }),
    );
  });
});

describe('a definition', () => {
  test.each([
    [{ ...material, type: 'text' as const, choices: [] }, material, 'type'],
    [{ ...material, choices: [] }, undefined, 'choices'],
    [{ ...note, choices: material.choices }, undefined, 'choices'],
    [{ ...material, choices: [...material.choices, ...material.choices] }, undefined, 'choices'],
    [{ ...material, choices: colour.choices }, undefined, 'hex'],
    [{ ...colour, choices: material.choices }, undefined, null],
    [{ ...note, unit: text('m') }, undefined, 'unit'],
    [{ ...note, facet: true }, undefined, 'facet'],
    [{ ...material, choices: [{ value: 'steel', name: text('steel') }] }, material, 'kept'],
    [{ ...material, choices: [...material.choices, { value: 'steel', name: text('steel') }] }, material, null],
    [length, undefined, null],
  ])('%# is judged', (next, now, fault) => expect(definitionFault(next, now)).toBe(fault));
});

test('features read in the reader’s language: defined ones first, in their order, the rest as written', () => {
  expect(featuresOf({ extra: 'as is', color: 'red', length: 2 }, [colour, length], 'ru')).toEqual([
    { code: 'length', name: 'length ru', value: 2, text: null, unit: 'm ru', hex: null },
    { code: 'color', name: 'color ru', value: 'red', text: 'red ru', unit: null, hex: '#ff0000' },
    { code: 'extra', name: 'extra', value: 'as is', text: null, unit: null, hex: null },
  ]);
});

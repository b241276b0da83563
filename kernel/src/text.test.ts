import { expect, test } from 'vitest';
import { textFor } from './text.js';

const toy = { uz: 'Tulporcha yogʻoch oti', ru: 'Деревянная лошадка', en: 'Wooden horse' };

test('Cyrillic Uzbek is written from the Latin text, other languages are as they were told', () => {
  expect(textFor(toy, 'uz-Cyrl')).toBe('Тулпорча ёғоч оти');
  expect(textFor(toy, 'uz-Cyrl', ['Tulporcha'])).toBe('Tulporcha ёғоч оти');
  expect(textFor(toy, 'uz')).toBe(toy.uz);
  expect(textFor(toy, 'ru')).toBe(toy.ru);
});

test('what is the same in English is a name, unless its letters are Uzbek', () => {
  const both = (name: string) => ({ uz: name, ru: name, en: name });
  expect(textFor(both('Duplo train'), 'uz-Cyrl')).toBe('Duplo train');
  expect(textFor(both('soʻm'), 'uz-Cyrl')).toBe('сўм');
});

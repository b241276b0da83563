import { expect, test } from 'vitest';
import { textFor } from './text.js';

const toy = { uz: 'Tulporcha yogʻoch oti', ru: 'Деревянная лошадка', en: 'Wooden horse' };

test('Cyrillic Uzbek is written from the Latin text, other languages are as they were told', () => {
  expect(textFor(toy, 'uz-Cyrl')).toBe('Тулпорча ёғоч оти');
  expect(textFor(toy, 'uz-Cyrl', ['Tulporcha'])).toBe('Tulporcha ёғоч оти');
  expect(textFor(toy, 'uz')).toBe(toy.uz);
  expect(textFor(toy, 'ru')).toBe(toy.ru);
});

test('a word that stays Latin in Russian is a name', () => {
  const set = {
    uz: 'LEGO Advanced Models 10247 «Ferris Wheel» toʻplami',
    ru: 'Набор LEGO Advanced Models 10247 «Ferris Wheel»',
    en: 'LEGO Advanced Models 10247 Ferris Wheel',
  };
  expect(textFor(set, 'uz-Cyrl')).toBe('LEGO Advanced Models 10247 «Ferris Wheel» тўплами');
  expect(textFor({ uz: 'Sport', ru: 'Спорт', en: 'Sport' }, 'uz-Cyrl')).toBe('Спорт');
});

test('what was never translated is a name, unless its letters are Uzbek', () => {
  const all = (name: string) => ({ uz: name, ru: name, en: name });
  expect(textFor(all('Duplo train'), 'uz-Cyrl')).toBe('Duplo train');
  expect(textFor(all('soʻm'), 'uz-Cyrl')).toBe('сўм');
});

import { expect, test } from 'vitest';
import { STAGE } from './backdrop.js';
import { Composer, type Recipe } from './compose.js';

const bricks: Recipe = { emoji: ['um:brick', { name: 'um:cube', hue: 90 }], background: 'sky-sun', layout: 'duo' };

test('a picture fills its stage and leaves nothing see-through', async () => {
  const { data, width, height } = await new Composer().draw('bricks', bricks);
  expect([width, height]).toEqual([STAGE, STAGE]);
  expect(data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
});

test('the same recipe is the same picture, another key is another arrangement', async () => {
  const [one, again, other] = await Promise.all([
    new Composer().draw('bricks', bricks),
    new Composer().draw('bricks', bricks),
    new Composer().draw('bricks-2', bricks),
  ]);
  expect(one.data.equals(again.data)).toBe(true);
  expect(one.data.equals(other.data)).toBe(false);
});

test('a drawing that does not exist stops the build', async () => {
  await expect(new Composer().draw('ghost', { ...bricks, emoji: ['um:unicorn-rug'] })).rejects.toThrow('unicorn-rug');
});

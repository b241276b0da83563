import { expect, test } from 'vitest';
import { newId } from './ids.js';

const at = (ms: number): Date => new Date(1_764_000_000_000 + ms);

test('an id is a UUIDv7 that holds its time', () => {
  const id = newId(at(5));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at(5).getTime());
});

test('ids of one millisecond sort in the order in which they were made, beyond 4,096 of them', () => {
  const ids = Array.from({ length: 20_000 }, () => newId(at(10)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('requests that run at once do not disturb the order of each other', () => {
  const early: string[] = [];
  for (let i = 0; i < 600; i++) {
    early.push(newId(at(20)));
    newId(at(21));
  }
  expect(early.toSorted()).toEqual(early);
});

test('a later id sorts after an earlier one', () => {
  expect(newId(at(31)) > newId(at(30))).toBe(true);
});

test('the counter of old milliseconds is forgotten', () => {
  for (let i = 0; i < 1_000; i++) newId(at(1_000 + i));
  const again = newId(at(1_000));
  expect(Number.parseInt(again.slice(15, 18), 16)).toBe(0);
});

import type { Dictionary } from '../index.js';

/** Products made of other products. */
export const bundle: Dictionary['bundle'] = {
  parts: 'В наборе',
  saving: (amount) => `Вместе дешевле на ${amount}`,
};

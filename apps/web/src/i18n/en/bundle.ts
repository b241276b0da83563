import type { Dictionary } from '../index.js';

/** Products made of other products. */
export const bundle: Dictionary['bundle'] = {
  parts: 'In this bundle',
  saving: (amount) => `You save together: ${amount}`,
};

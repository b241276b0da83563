import type { Dictionary } from '../index.js';

/** What is bought to be downloaded. */
export const downloads: Dictionary['downloads'] = {
  kind: 'Download',
  after: 'Downloaded right after payment, nothing is delivered.',
  size: (amount) => `${amount} MB`,
  online: 'By card online',
  cancel: 'Can be cancelled until the first download',
  get: 'Download',
  until: (day) => `until ${day}`,
  left: (n, most) => `${n} of ${most} left`,
  link: 'A link works for 15 minutes.',
  first: 'Once downloaded, the order cannot be cancelled.',
  states: {
    waiting: 'It can be downloaded after payment.',
    used_up: 'Downloaded as often as is allowed.',
    over: 'The time to download it is over.',
    withdrawn: 'It can no longer be downloaded.',
  },
};

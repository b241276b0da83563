import type { Dictionary } from '../index.js';

export const info: Dictionary['info'] = {
  title: 'How safety works',
  description: 'How UltraMarket guards what a child sees, what a child asks for, and how a purchase happens.',
  lead: 'A child walks the shop freely, but the walls are solid. Here they are.',
  steps: [
    {
      title: 'A parent opens an account',
      text: 'A child’s profile holds a nickname, a date of birth and a sign. No phone, no photo, no address.',
    },
    {
      title: 'The child sees a window that suits their age',
      text: 'Lists, search, links and the cart obey one rule. What does not suit is simply not shown.',
    },
    {
      title: 'The child asks',
      text: 'A request states the items, the price and the delivery exactly. Nothing is charged at this point.',
    },
    {
      title: 'A parent decides',
      text: 'You see the warnings and what is left of the limit, and confirm with your password. If a price rises, the approval no longer holds.',
    },
    {
      title: 'The order can be followed',
      text: 'Each seller ships their part. Both you and your child see its state live.',
    },
  ],
  neverTitle: 'What never happens',
  never: [
    'Ads for children and “hurry up” signs',
    'Other companies’ software that watches children',
    'Giving a child’s data to a seller',
    'A purchase without a parent’s decision',
  ],
};

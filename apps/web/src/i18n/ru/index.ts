import type { Dictionary } from '../index.js';
import { attributes } from './attributes.js';
import { bundle } from './bundle.js';
import { downloads } from './downloads.js';
import { info } from './info.js';
import { kids } from './kids.js';
import { people } from './people.js';
import { regions } from './regions.js';
import { shop } from './shop.js';
import { words } from './words.js';

/** Russian. */
export const dictionary: Dictionary = {
  ...words,
  ...shop,
  ...people,
  kids,
  info,
  attributes,
  downloads,
  bundle,
  regions,
};

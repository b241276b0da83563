import { join } from 'node:path';

/** Path of a file of the demo catalog; the same from `src` and from `dist`. */
export const catalogFile = (name: string): string => join(import.meta.dirname, '..', 'catalog', name);

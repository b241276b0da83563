import { createRequire } from 'node:module';

/** The release of the platform. */
export const VERSION = (createRequire(import.meta.url)('../package.json') as { version: string }).version;

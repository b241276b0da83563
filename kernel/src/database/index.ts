export { runningPostgres, startPostgres } from './embedded.js';
export type { EmbeddedAddress, EmbeddedOptions, EmbeddedPostgres } from './embedded.js';
export { keepPostgres, type KeptPostgres } from './kept.js';
export { SetupError, type SetupCode } from './setup-error.js';

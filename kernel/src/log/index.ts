export * from './logger.js';
export { isPrivate, redact, REDACTED, scrub } from './redact.js';

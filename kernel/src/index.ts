export * from './contract-side.js';
export * from './clock.js';
export * from './ctx.js';
export * from './db.js';
export * from './events/index.js';
export * from './http/index.js';
export * from './ids.js';
export * from './wire/index.js';

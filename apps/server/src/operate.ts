/** What an operator's commands need of the server: its tables, its contexts without a port, its demo, its routes. */
export { boot, type JobRunner, type Platform } from './boot.js';
export { JOBS_SCHEMA, prepareDatabase } from './database.js';
export { importDemo } from './demo.js';
export { cacheOf } from './process-cache.js';
export { ensureDatabase } from './postgres/ensure.js';
export { contextUrl } from './postgres/provision.js';
export { contextNames, tableOwners } from './registry.js';
export { ownedRoutes } from './routes.js';

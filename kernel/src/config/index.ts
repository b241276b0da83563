export * as setting from './setting.js';
export type { Setting, Shape } from './setting.js';
export * from './read.js';
export * from './settings.js';
export * from './table.js';
export * from './kept-secret.js';

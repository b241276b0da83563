export * from './metrics.js';
export * from './metrics-server.js';
export * from './outbox-state.js';
export type { OutboxState, QueueFigures } from './sources.js';

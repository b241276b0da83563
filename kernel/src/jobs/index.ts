export * from './job.js';
export * from './queue.js';

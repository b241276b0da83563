export * from './job.js';
export * from './queue.js';
export { DeadLetters, type DeadLetter } from './dead-letters.js';

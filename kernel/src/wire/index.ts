export * from './wire-errors.js';
export * from './peer.js';
export * from './wire.js';
export * from './wire.controller.js';

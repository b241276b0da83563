export * from './event.js';
export * from './record.js';
export * from './listeners.js';
export * from './relay.js';
export * from './retention.js';
export * from './local-transport.js';
export * from './amqp-transport.js';

/** What the entrance of the platform is made of, for the process that runs it. */
export { addDocs } from './docs.js';
export { addForwarding, type ForwardedRoute } from './forward.js';
export { LiveSockets } from './live.js';
export { serveLive } from './live.server.js';
export { addPlatformHealth } from './platform-health.js';

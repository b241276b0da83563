export { byActor, byNetwork, byNetworkAnd, Limit, LimitGuard, limitRequests, type LimitKey } from './limit.guard.js';
export { limitErrors } from './limit-errors.js';
export { limitHeaders, Limits, type LimitsOptions, type LimitVerdict } from './limits.js';
export { networkOf } from './network.js';
export { limitPolicies, limitPolicy, type LimitPolicy } from './policy.js';

/** How often something may be done by whom. */
export interface LimitPolicy {
  /** Travels in headers and metrics: lower case, digits and hyphens. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /**
   * Where it is counted: `shared` by all processes in Redis, when there is one; `process` in memory alone, for what is
   * so frequent that a journey per request would cost more than it protects.
   */
  readonly counted: 'shared' | 'process';
  /** When Redis is away: `refuse` what guards a secret, count `in-memory` what guards the machine. */
  readonly onOutage: 'refuse' | 'in-memory';
}

/** Declares a policy. */
export function limitPolicy(
  name: string,
  points: number,
  seconds: number,
  rest: Partial<Pick<LimitPolicy, 'counted' | 'onOutage'>> = {},
): LimitPolicy {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`${name} is no name of a policy`);
  return Object.freeze({ name, points, seconds, counted: 'shared', onOutage: 'in-memory', ...rest });
}

const MINUTE = 60;
const HOUR = 3_600;

/** The policies every part of the platform shares. */
export const limitPolicies = {
  /** Guesses of a password; the key is network and account. */
  signIn: limitPolicy('sign-in', 10, 15 * MINUTE, { onOutage: 'refuse' }),
  /** One network trying many accounts. */
  signInNetwork: limitPolicy('sign-in-network', 100, 15 * MINUTE, { onOutage: 'refuse' }),
  /** Guesses of a PIN; the key is device and profile. */
  pin: limitPolicy('pin', 10, 15 * MINUTE, { onOutage: 'refuse' }),
  /** Guesses of a one-time code. */
  otp: limitPolicy('otp', 5, 10 * MINUTE, { onOutage: 'refuse' }),
  /** Messages that cost money or disturb somebody; the key is the receiver. */
  message: limitPolicy('message', 5, HOUR, { onOutage: 'refuse' }),
  /** New accounts of one network. */
  signUp: limitPolicy('sign-up', 20, HOUR),
  upload: limitPolicy('upload', 60, 10 * MINUTE),
  write: limitPolicy('write', 120, MINUTE),
  /** Pages: ten a second, which many people behind one address of a provider stay below. */
  page: limitPolicy('page', 600, MINUTE, { counted: 'process' }),
  read: limitPolicy('read', 1_200, MINUTE, { counted: 'process' }),
} as const;

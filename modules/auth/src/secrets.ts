import { hash, verify } from '@node-rs/argon2';
import { createHmac } from 'node:crypto';

/** OWASP's profile for 19 MiB of argon2id, which is the package's default kind: about 25 ms of a core. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hash for storing a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON);

let nobody: Promise<string> | undefined;

/** True when the password fits. Without a hash (nobody has this e-mail) as much work is done before answering no. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const fits = await verify(stored ?? (await nobody), password, ARGON);
  return stored !== undefined && fits;
}

/**
 * A PIN has so few values that its hash alone would not hold: it also takes the platform's secret, which no copy of
 * the database has. A new platform secret therefore needs new PINs.
 */
const pinOptions = (secret: string) => ({ ...ARGON, secret: createHmac('sha256', secret).update('pin').digest() });

/** Hash for storing a child's PIN. */
export const hashPin = (secret: string, pin: string): Promise<string> => hash(pin, pinOptions(secret));

/** True when the PIN fits its hash. */
export const pinFits = (secret: string, stored: string, pin: string): Promise<boolean> =>
  verify(stored, pin, pinOptions(secret));

export const REDACTED = '[redacted]';

/** What never reaches a log, by field name without case and punctuation. A child's texts and a buyer's contacts are among it. */
const PRIVATE = new Set(
  `password passphrase pin otp totp cvv cvc pan cardnumber apikey csrf cookie setcookie authorization proxyauthorization
  signature phone phonenumber email birthdate birthday nickname firstname lastname fullname middlename recipient address
  addressline street apartment landmark latitude longitude passport pinfl ip remoteaddress`.split(/\s+/),
);
/** `newPassword`, `x-cart-token`, `clientSecret`, `pinHash` … */
const PRIVATE_ENDINGS = ['password', 'token', 'secret', 'hash', 'phone', 'email'];
/** Deeper than any line that is meant to be read; also the end of a cycle. */
const DEPTH = 6;
const LONGEST = 4_000;

const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const PHONE = /\+?\b998[\s()-]*\d{2}[\s()-]*\d{3}[\s()-]*\d{2}[\s()-]*\d{2}\b/g;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
/** The password within a connection string. */
const CREDENTIALS = /(\w+:\/\/[^\s:/@]*:)[^\s/@]+@/g;

/** Names judged so far: lines repeat the same few. Full, it learns no more, whatever names come in from outside. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 2_000;

/** True when a field of this name is never logged. */
export function isPrivate(key: string): boolean {
  let verdict = judged.get(key);
  if (verdict === undefined) {
    verdict = judge(key);
    if (judged.size < MOST_JUDGED) judged.set(key, verdict);
  }
  return verdict;
}

function judge(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return PRIVATE.has(plain) || PRIVATE_ENDINGS.some((ending) => plain.endsWith(ending));
}

/** A text without the addresses, numbers and tokens that have crept into it. */
export function scrub(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
  // Each pattern is tried only where a text holds what all its matches hold: most texts hold none of it.
  let clean = short;
  if (clean.includes('@')) clean = clean.replaceAll(CREDENTIALS, `$1${REDACTED}@`);
  if (/\s/.test(clean)) clean = clean.replaceAll(BEARER, `$1 ${REDACTED}`);
  if (clean.includes('@')) clean = clean.replaceAll(EMAIL, '[email]');
  if (clean.includes('998')) clean = clean.replaceAll(PHONE, '[phone]');
  return clean;
}

/**
 * An error as it is logged: kind, message, code, stack and cause. Its other members stay out: PostgreSQL puts the
 * refused row into `detail`, HTTP clients put headers into theirs.
 */
function errorView(error: Error, depth: number): Record<string, unknown> {
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    message: scrub(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: scrub(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: view(error.cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: view(error.errors, depth + 1) } : {}),
  };
}

function view(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return errorView(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEPTH) return '[deep]';
  if ('toJSON' in value && typeof value.toJSON === 'function') return view(value.toJSON(), depth + 1);
  if (Array.isArray(value)) return value.map((item) => view(item, depth + 1));
  return fields(value, depth + 1);
}

function fields(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isPrivate(key) && item != null ? REDACTED : view(item, depth)]),
  );
}

/** A copy of a log line's fields that holds nothing private, at any depth. */
export function redact(line: object): Record<string, unknown> {
  return fields(line, 0);
}

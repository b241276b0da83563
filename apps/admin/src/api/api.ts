import { ApiProblem } from './problem.js';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A part of a list, as every list of the API answers. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

interface Init {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob | FormData;
  /** How long to wait for the answer, in ms. */
  readonly lateMs?: number;
}

const LATE_MS = 20_000;
const UPLOAD_MS = 15 * 60_000;
let language = 'uz';

/** Tells the API the reader's language from now on. */
export function speak(locale: string): void {
  language = locale;
}

function readCookie(name: string): string | null {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

/** Whether a session may be open in this browser: its companion, which pages can read, is there. */
export const maySpeakForSomebody = (): boolean => readCookie('um_csrf') !== null;

async function ask<T>(path: string, { lateMs = LATE_MS, ...init }: Init): Promise<T> {
  const headers = new Headers({ 'accept-language': language, accept: 'application/json', ...init.headers });
  const csrf = init.method === 'GET' ? null : readCookie('um_csrf');
  if (csrf) headers.set('x-csrf-token', csrf);
  const response = await fetch(`/api/v1${path}`, {
    ...init,
    headers,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(lateMs),
  }).catch(() => {
    // Offline, refused or too late: one and the same "no connection" for the reader.
    throw new ApiProblem(0, null);
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = text && isJson ? JSON.parse(text) : null;
  if (!response.ok) throw new ApiProblem(response.status, body);
  return body as T;
}

/** The query of an address, without its empty values. */
function queryOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** Where the browser itself gets a file of the API, in the reader's language. */
export const addressOf = (path: string, query: Query = {}): string =>
  `/api/v1${path}${queryOf({ ...query, lang: language })}`;

/** Reads; `path` is what follows `/api/v1`. Empty values of the query are left out. Every failure is an `ApiProblem`. */
export function get<T>(path: string, query: Query = {}): Promise<T> {
  return ask(`${path}${queryOf(query)}`, { method: 'GET' });
}

/** Writes JSON with the session's CSRF token; `key` makes a repeated press take effect once. */
export function send<T>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  key?: string,
): Promise<T> {
  return ask(path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Sends a picture of the reader's device; answers the file that is kept of it. */
export function uploadPicture(picture: File): Promise<{ readonly id: string }> {
  const body = new FormData();
  body.set('file', picture);
  return ask('/files', { method: 'POST', body, lateMs: UPLOAD_MS });
}

/** Sends a file as it is; the platform sees by its content what it is. */
export function upload<T>(path: string, query: Query, file: Blob): Promise<T> {
  return ask(`${path}${queryOf(query)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    lateMs: UPLOAD_MS,
  });
}

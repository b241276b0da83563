import type { ApiAnswer, Transport } from './api.js';

const LATE_MS = 20_000;

/** A cookie that pages may read, such as the CSRF token. */
export function readCookie(name: string): string | null {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

/** Requests from the browser to its own origin, with the CSRF token on writes. A network failure is answered as status 0. */
export const browserTransport: Transport = async (path, init = {}) => {
  const headers = new Headers(init.headers);
  const write = init.method !== undefined && init.method !== 'GET';
  const csrf = write ? readCookie('um_csrf') : null;
  if (csrf) headers.set('x-csrf-token', csrf);
  if (init.body !== undefined) headers.set('content-type', 'application/json');
  headers.set('accept', 'application/json');
  let response: Response;
  try {
    response = await fetch(path, {
      method: init.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(LATE_MS),
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  } catch {
    // Offline, refused or too late: the pages show one and the same "no connection".
    return { status: 0, body: null };
  }
  return { status: response.status, body: await bodyOf(response) };
};

async function bodyOf(response: Response): Promise<ApiAnswer['body']> {
  const text = await response.text();
  if (!text) return null;
  return response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text;
}

import { useSyncExternalStore } from 'react';
import { mayLeave } from './leaving.js';

/** The panel lives under this address. */
export const BASE = '/admin';

const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const address = (): string => location.pathname + location.search;

/** Goes to an address of the panel (`/admin/…`); `replace` leaves no step in the history. */
export function go(href: string, { replace = false } = {}): void {
  if (!mayLeave(href)) return;
  if (replace) history.replaceState(null, '', href);
  else {
    history.pushState(null, '', href);
    scrollTo(0, 0);
  }
  shown = address();
  tell();
}

/** The address of what is shown: a step back that is held up leads here again. */
let shown = '';

/** Gives what is shown another address; nothing is drawn anew. */
export function readdress(href: string): void {
  history.replaceState(null, '', href);
  shown = href;
}

/** Goes where the browser's own buttons lead, unless the reader has to be asked first. */
function follow(): void {
  const wanted = address();
  if (wanted !== shown && !mayLeave(wanted)) {
    history.pushState(null, '', shown);
    return;
  }
  shown = wanted;
  tell();
}

/** Takes over clicks on plain links inside the panel; modified clicks, downloads and other places stay the browser's. */
export function startRouter(): void {
  shown = address();
  addEventListener('popstate', follow);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== BASE && !link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

/** Where the reader is: the path without `/admin`, and the query. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits an address of the panel: `/admin/orders?state=new` is `/orders` with its query. */
export function placeOf(href: string): Place {
  const [pathname = '', search = ''] = href.split('?');
  return { path: pathname.slice(BASE.length).replace(/\/$/, '') || '/', query: new URLSearchParams(search) };
}

/** The present place; the component draws again when it changes. */
export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, address));
}

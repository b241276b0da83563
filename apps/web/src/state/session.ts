import { localePath, type Locale } from '../i18n/locale.js';
import { useApp } from './app.js';

const KEPT_KEYS = new Set(['um.theme']);

/** Forgets everything this device kept for the person before (PRV-09), then opens the page anew from the server. */
export async function enterAs(locale: Locale, path: string): Promise<void> {
  for (const key of Object.keys(localStorage)) if (!KEPT_KEYS.has(key)) localStorage.removeItem(key);
  sessionStorage.clear();
  if ('caches' in globalThis) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('um-pages')).map((name) => caches.delete(name)));
  }
  location.assign(localePath(locale, path));
}

/** Ends the session on the server and leaves to the home page, or for a child to the choice of profiles. */
export function useSignOut(): () => void {
  const { api, locale, viewer } = useApp();
  return () => {
    const next = viewer.get()?.child ? '/kids' : '/';
    // Whatever the answer was, the person wants to leave this device: what it kept goes either way.
    void api.send('POST', '/auth/sign-out').finally(() => void enterAs(locale, next));
  };
}

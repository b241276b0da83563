import { createContext, useContext, useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { Api } from '../api/api.js';
import type { Dictionary } from '../i18n/index.js';
import { localePath, type Locale } from '../i18n/locale.js';
import type { MenuCategory } from './menu.js';
import type { LiveChannel, LiveMessage } from './live.js';
import type { Store } from './store.js';
import type { Viewer } from './viewer.js';

/** What every part of the page may use. Made once a page load in the browser, once a request on the server. */
export interface AppServices {
  readonly api: Api;
  readonly locale: Locale;
  readonly t: Dictionary;
  /** Root departments, for menus. */
  readonly menu: readonly MenuCategory[];
  /** The sign of the child's profile, in a child's session. */
  readonly avatar: string | null;
  readonly viewer: Store<Viewer | null>;
  readonly cartCount: Store<number>;
  readonly unread: Store<number>;
  readonly live: LiveChannel | null;
  /** Goes to a path of the storefront without its language; `replace` leaves no step in the history. */
  readonly go: (path: string, options?: { replace?: boolean }) => void;
  /** Loads the present page's data again. */
  readonly refresh: () => Promise<void>;
  /** Puts new data into the present page and keeps it for coming back. */
  readonly keep: (data: unknown) => void;
}

const AppContext = createContext<AppServices | null>(null);

/** Gives the services to everything below. */
export function AppProvider({ services, children }: { services: AppServices; children: ReactNode }): ReactElement {
  return <AppContext.Provider value={services}>{children}</AppContext.Provider>;
}

/** The services of the app. */
export function useApp(): AppServices {
  const services = useContext(AppContext);
  if (!services) throw new Error('useApp needs an AppProvider above it');
  return services;
}

/** The texts in the reader's language. */
export const useT = (): Dictionary => useApp().t;

/** Makes addresses of the storefront in the reader's language. */
export function useHref(): (path: string) => string {
  const { locale } = useApp();
  return (path) => localePath(locale, path);
}

/** Calls back when something about the topic changed (or the line was down and it may have). */
export function useLive(
  topic: 'orders' | 'approvals' | 'notifications',
  onMessage: (message: LiveMessage) => void,
): void {
  const { live } = useApp();
  const latest = useRef(onMessage);
  latest.current = onMessage;
  useEffect(
    () =>
      live?.listen((message) => {
        if (message.topic === topic || message.topic === 'connected') latest.current(message);
      }),
    [live, topic],
  );
}

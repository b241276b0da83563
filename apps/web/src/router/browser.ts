import { localePath, splitLocale, type Locale } from '../i18n/locale.js';
import { createStore, type Store } from '../state/store.js';
import { Redirect } from './page.js';
import type { Entry, Place } from './resolve.js';

/** Where the browser is: the page shown, and whether another is on its way. */
export interface RouterState {
  readonly entry: Entry;
  readonly pending: boolean;
}

const KEPT = 30;

/** Moves between pages without loading them whole. Remembers what pages showed and how far they were scrolled, for going back. */
export class BrowserRouter {
  readonly state: Store<RouterState>;
  readonly #kept = new Map<string, Entry>();
  readonly #scrolls = new Map<string, number>();
  #key: string = crypto.randomUUID();
  #turn = 0;
  /** Looks at the present page's data so far, and the latest whose answer is shown: answers may overtake each other. */
  #looks = 0;
  #shown = 0;

  constructor(
    first: Entry,
    private readonly locale: Locale,
    private readonly resolve: (place: Place) => Promise<Entry>,
    private readonly onShown: (entry: Entry) => void,
  ) {
    this.state = createStore<RouterState>({ entry: first, pending: false });
    this.#keep(first);
  }

  /** Takes over links and the browser's back and forward. */
  start(): void {
    history.scrollRestoration = 'manual';
    history.replaceState({ key: this.#key }, '');
    addEventListener('popstate', (event) => {
      void this.#back((event.state as { key?: string } | null)?.key);
    });
    document.addEventListener('click', (event) => this.#onClick(event));
  }

  /** Goes to a path of the storefront without its language. */
  readonly go = (path: string, options: { replace?: boolean } = {}): void => {
    void this.#open(new URL(localePath(this.locale, path), location.origin), options.replace ? 'replace' : 'push');
  };

  /** Loads the present page's data again, without moving. */
  readonly refresh = async (): Promise<void> => {
    const { entry } = this.state.get();
    const look = (this.#looks += 1);
    const fresh = await this.resolve(entry);
    if (this.state.get().entry.path !== entry.path || look < this.#shown) return;
    this.#shown = look;
    this.#show(fresh);
  };

  /** Changes what the present page shows; what was asked for before is older. */
  readonly keep = (data: unknown): void => {
    this.#shown = this.#looks += 1;
    this.#show({ ...this.state.get().entry, data });
  };

  #show(entry: Entry): void {
    this.#keep(entry);
    this.state.set({ entry, pending: false });
    this.onShown(entry);
  }

  #keep(entry: Entry): void {
    this.#kept.set(this.#key, entry);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }

  async #open(url: URL, how: 'push' | 'replace'): Promise<void> {
    const turn = ++this.#turn;
    this.state.set({ ...this.state.get(), pending: true });
    const { path } = splitLocale(url.pathname);
    try {
      const entry = await this.resolve({ path, search: url.search });
      if (turn !== this.#turn) return;
      this.#enter(url, how);
      this.#show(entry);
      this.#land(url.hash);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof Redirect)
        return this.#open(new URL(localePath(this.locale, error.to), location.origin), how);
      // A page's file that is gone after a new release: the whole page comes anew from the server.
      location.assign(url.href);
    }
    return undefined;
  }

  #enter(url: URL, how: 'push' | 'replace'): void {
    this.#scrolls.set(this.#key, scrollY);
    if (how === 'push') this.#key = crypto.randomUUID();
    history[how === 'push' ? 'pushState' : 'replaceState']({ key: this.#key }, '', url.href);
  }

  /** A new page starts at its top with the focus on its heading, so that screen readers hear where they are. */
  #land(hash: string): void {
    requestAnimationFrame(() => {
      const target = hash ? document.getElementById(hash.slice(1)) : null;
      if (target) return target.scrollIntoView();
      scrollTo({ top: 0, behavior: 'instant' });
      const heading = document.querySelector<HTMLElement>('main h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      return undefined;
    });
  }

  async #back(key: string | undefined): Promise<void> {
    this.#scrolls.set(this.#key, scrollY);
    const entry = key ? this.#kept.get(key) : undefined;
    this.#key = key ?? crypto.randomUUID();
    const top = this.#scrolls.get(this.#key) ?? 0;
    if (!entry || entry.audience !== 'anyone') return this.#reopen(top);
    ++this.#turn;
    this.#show(entry);
    requestAnimationFrame(() => scrollTo({ top, behavior: 'instant' }));
    return undefined;
  }

  /** Somebody's own pages are fetched again when one comes back to them. */
  async #reopen(top: number): Promise<void> {
    await this.#open(new URL(location.href), 'replace');
    requestAnimationFrame(() => scrollTo({ top, behavior: 'instant' }));
  }

  #onClick(event: MouseEvent): void {
    const link = isPlainPress(event) ? (event.target as Element | null)?.closest?.('a') : null;
    if (!link || !isOurs(link)) return;
    const url = new URL(link.href, location.href);
    if (outside(url.pathname) || splitLocale(url.pathname).locale !== this.locale) return;
    if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    void this.#open(url, 'push');
  }
}

/** A press that means "go there", not "open in a new tab" or "save". */
const isPlainPress = (event: MouseEvent): boolean =>
  !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

const isOurs = (link: HTMLAnchorElement): boolean =>
  !link.target &&
  !link.hasAttribute('download') &&
  link.dataset['reload'] === undefined &&
  new URL(link.href, location.href).origin === location.origin;

/** Addresses of this origin that are not pages of the storefront. */
const outside = (path: string): boolean => /^\/(api|admin|pay|health|assets|drawn|docs)(\/|$)/.test(path);

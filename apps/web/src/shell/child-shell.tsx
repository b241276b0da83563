import {
  Avatar,
  Bell,
  IconBox,
  IconEye,
  IconHeart,
  IconHouse,
  IconLogOut,
  IconSend,
  Note,
  ThemeToggle,
  IconButton,
  cx,
} from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { useApp, useHref } from '../state/app.js';
import { useSignOut } from '../state/session.js';
import { useStore } from '../state/store.js';
import { Languages } from './languages.js';
import { Logo } from './logo.js';
import { avatarUrl } from '../parts/drawn.js';
import { SearchBox } from './search-box.js';

/** A child's frame: few things, large, and always a line that says what parents can see (UXP-12). */
export function ChildShell({
  path,
  search,
  children,
}: {
  path: string;
  search: string;
  children: ReactNode;
}): ReactElement {
  const { t, viewer, unread, avatar } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  const fresh = useStore(unread);
  const signOut = useSignOut();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <div className="page flex flex-wrap items-center gap-3 py-3">
          <a href={href('/')} className="flex items-center gap-3 rounded-full pr-3">
            <Avatar name={person?.name ?? ''} src={avatar ? avatarUrl(avatar) : undefined} size={48} />
            <span className="text-lg font-bold">{person?.name}</span>
          </a>
          <span className="ml-auto flex items-center md:order-last">
            <a
              href={href('/watching')}
              data-watched
              className="tap inline-flex items-center justify-center gap-2 rounded-full px-3 font-semibold text-brand-ink hover:bg-brand-soft"
            >
              <IconEye size={24} />
              <span className="sr-only lg:not-sr-only">{t.kids.watched}</span>
            </a>
            <span className="hidden sm:inline-flex">
              <ThemeToggle />
            </span>
            <Bell href={href('/notifications')} unread={fresh} label={t.shell.bell(fresh)} />
            <IconButton icon={IconLogOut} label={t.kids.leave} onClick={signOut} />
          </span>
          <div className="w-full md:mx-4 md:w-auto md:grow">
            <SearchBox
              initial={path === '/search' ? (new URLSearchParams(search).get('q') ?? '') : ''}
              placeholder={t.kids.searchPlaceholder}
            />
          </div>
        </div>
        <ChildTabs path={path} />
      </header>
      <main id="main" className="page grow py-6">
        {children}
      </main>
      <footer className="page flex flex-wrap items-center justify-between gap-4 pb-24 md:pb-8">
        <WatchedBadge />
        <Languages />
      </footer>
    </div>
  );
}

function WatchedBadge(): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <a
      href={href('/watching')}
      className="tap inline-flex items-center gap-2 rounded-full border border-line bg-surface px-4 font-semibold text-brand-ink hover:bg-brand-soft"
    >
      <IconEye />
      {t.kids.watched}
    </a>
  );
}

function ChildTabs({ path }: { path: string }): ReactElement {
  const { t, cartCount } = useApp();
  const href = useHref();
  const count = useStore(cartCount);
  const tabs = [
    { to: '/', name: t.kids.home, icon: IconHouse },
    { to: '/cart', name: t.kids.picks, icon: IconHeart, count },
    { to: '/asks', name: t.kids.asks, icon: IconSend },
    { to: '/orders', name: t.shell.orders, icon: IconBox },
  ];
  return (
    <nav
      aria-label={t.shell.main}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:static md:border-0"
    >
      <ul className="page grid grid-cols-4 px-1! md:flex md:px-8! md:gap-2 md:pb-3">
        {tabs.map(({ to, name, icon: Glyph, count: badge = 0 }) => (
          <li key={to}>
            <a
              href={href(to)}
              aria-current={path === to ? 'page' : undefined}
              className={cx(
                'tap flex flex-col items-center justify-center gap-0.5 rounded-full py-2 text-[0.66rem] font-semibold sm:text-xs text-ink-soft aria-[current]:text-brand-ink',
                'md:flex-row md:gap-2 md:px-5 md:py-0 md:text-base md:hover:bg-sunken md:aria-[current]:bg-brand-soft',
              )}
            >
              <Glyph size={24} />
              {name}
              {badge > 0 && (
                <span className="sr-only md:not-sr-only md:rounded-full md:bg-accent md:px-2 md:text-sm md:text-on-accent">
                  {badge}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The frame before a child has come in: the name of the shop and the languages, nothing else. */
export function BareShell({ children }: { children: ReactNode }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="page flex flex-wrap items-center justify-between gap-3 py-4">
        <a href={href('/')} aria-label={t.brand} className="rounded-box">
          <Logo />
        </a>
        <Languages />
      </header>
      <main id="main" className="flex grow flex-col justify-center">
        {children}
      </main>
    </div>
  );
}

/** The end of a list: a place to stop. */
export function RestingPlace(): ReactElement {
  const { t } = useApp();
  return (
    <Note tone="brand" className="my-6 justify-center text-center">
      {t.kids.pause}
    </Note>
  );
}

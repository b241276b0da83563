import {
  Avatar,
  Bell,
  IconBox,
  IconCircleUserRound,
  IconHouse,
  IconLayoutGrid,
  IconLink,
  IconLogOut,
  IconSettings,
  IconShoppingCart,
  IconStore,
  IconToyBrick,
  IconUsersRound,
  LinkButton,
  Menu,
  ThemeToggle,
  type MenuItem,
} from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { useSignOut } from '../state/session.js';
import { useStore } from '../state/store.js';
import { hasPanel, type Viewer } from '../state/viewer.js';
import { LanguageMenu, Languages } from './languages.js';
import { Logo } from './logo.js';
import { SearchBox } from './search-box.js';

/** The top of every grown-up's page: name, catalog, search, and the way to one's own things. */
export function Header({ path, search }: { path: string; search: string }): ReactElement {
  const { t, viewer, cartCount, menu } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  const count = useStore(cartCount);
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas">
      <div className="page grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-2 py-2.5 md:grid-cols-[auto_auto_1fr] lg:grid-cols-[auto_auto_1fr_auto] lg:py-3.5">
        <a href={href('/')} className="rounded-box" aria-label={t.brand}>
          <Logo />
        </a>
        <span className="hidden md:block">
          <LinkButton href={href('/catalog')} icon={IconLayoutGrid}>
            {t.shell.catalog}
          </LinkButton>
        </span>
        <div className="order-last col-span-full lg:order-none lg:col-span-1">
          <SearchBox
            initial={path === '/search' ? (new URLSearchParams(search).get('q') ?? '') : ''}
            placeholder={t.shell.searchPlaceholder}
          />
        </div>
        <div className="flex items-center justify-end">
          <LanguageMenu />
          <span className="hidden lg:inline-flex">
            <ThemeToggle />
          </span>
          {person && <PersonLinks />}
          <span className="hidden md:inline-flex">
            <IconLink
              icon={IconShoppingCart}
              href={href('/cart')}
              badge={count}
              label={count > 0 ? t.shell.cartCount(count) : t.shell.cart}
            />
          </span>
          {person ? (
            <PersonMenu person={person} />
          ) : (
            <LinkButton
              href={href('/sign-in')}
              kind="secondary"
              icon={IconCircleUserRound}
              className="ml-2 max-[24rem]:ml-0 max-[24rem]:px-3"
            >
              {t.shell.signIn}
            </LinkButton>
          )}
        </div>
      </div>
      <nav aria-label={t.shell.catalog} className="page no-bar hidden overflow-x-auto mask-r-from-92% pb-2 md:block">
        <ul className="-ml-3 flex w-max gap-1">
          {menu.map(({ id, name }) => (
            <li key={id}>
              <a
                href={href(`/c/${id}`)}
                aria-current={path === `/c/${id}` ? 'page' : undefined}
                className="inline-block rounded-full px-3 py-1.5 text-sm font-medium whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current]:bg-brand-soft aria-[current]:text-brand-ink"
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function PersonLinks(): ReactElement {
  const { t, unread } = useApp();
  const href = useHref();
  const fresh = useStore(unread);
  return (
    <>
      <Bell href={href('/notifications')} unread={fresh} label={t.shell.bell(fresh)} />
      <span className="hidden md:inline-flex">
        <IconLink icon={IconUsersRound} href={href('/family')} label={t.shell.family} />
      </span>
    </>
  );
}

function PersonMenu({ person }: { person: Viewer }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  const signOut = useSignOut();
  const items: MenuItem[] = [
    { label: t.shell.family, icon: IconUsersRound, href: href('/family') },
    { label: t.shell.orders, icon: IconBox, href: href('/orders') },
    { label: t.shell.kidsMode, icon: IconToyBrick, href: href('/kids') },
    { label: t.shell.account, icon: IconSettings, href: href('/account') },
    ...(hasPanel(person) ? [{ label: t.shell.panel, icon: IconStore, href: '/admin/' }] : []),
    { label: t.shell.signOut, icon: IconLogOut, onSelect: signOut },
  ];
  return (
    <Menu
      items={items}
      head={
        <>
          <p className="font-semibold">{person.name}</p>
          {person.email && <p className="text-sm text-ink-soft">{person.email}</p>}
        </>
      }
      renderTrigger={(wired) => (
        <button
          type="button"
          {...wired}
          aria-label={`${t.shell.account}: ${person.name}`}
          className="tap inline-flex items-center justify-center rounded-full hover:bg-sunken"
        >
          <Avatar name={person.name} size={36} />
        </button>
      )}
    />
  );
}

/** The bar at the bottom of a phone. */
export function TabBar({ path }: { path: string }): ReactElement {
  const { t, viewer, cartCount } = useApp();
  const href = useHref();
  const person = useStore(viewer);
  const count = useStore(cartCount);
  const tabs = [
    { to: '/', name: t.shell.home, icon: IconHouse },
    { to: '/catalog', name: t.shell.catalog, icon: IconLayoutGrid },
    { to: '/cart', name: t.shell.cart, icon: IconShoppingCart, count },
    person
      ? { to: '/family', name: t.shell.family, icon: IconUsersRound }
      : { to: '/sign-in', name: t.shell.signIn, icon: IconCircleUserRound },
  ];
  return (
    <nav
      aria-label={t.shell.main}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-4">
        {tabs.map(({ to, name, icon: Glyph, count: badge = 0 }) => (
          <li key={to}>
            <a
              href={href(to)}
              aria-current={path === to ? 'page' : undefined}
              className="relative flex h-16 flex-col items-center justify-center gap-0.5 text-xs font-medium text-ink-soft aria-[current]:text-brand-ink"
            >
              <Glyph size={23} />
              {name}
              {badge > 0 && (
                <span className="absolute top-1.5 left-1/2 ml-1.5 min-w-5 rounded-full bg-accent px-1 text-center leading-5 font-bold text-on-accent">
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

const YEAR = new Date().getFullYear();

/** The foot of every grown-up's page. */
export function Footer(): ReactElement {
  const { t, menu } = useApp();
  const href = useHref();
  const link = 'inline-block py-1 text-hero-soft hover:text-hero-ink hover:underline';
  return (
    <footer className="mt-16">
      <div aria-hidden="true" className="ikat-band" />
      <div className="ikat bg-hero text-hero-ink [--ikat-strength:0.05]">
        <div className="page grid gap-8 py-10 pb-28 sm:grid-cols-2 md:pb-10 lg:grid-cols-[1.6fr_1fr_1fr_auto]">
          <div className="max-w-sm">
            <Logo onDark />
            <p className="mt-3 text-hero-soft">{t.shell.footAbout}</p>
            <p className="mt-4 text-sm text-hero-soft">{t.shell.footRights(YEAR)}</p>
          </div>
          <nav aria-label={t.shell.footShop}>
            <h2 className="mb-2 text-base">{t.shell.footShop}</h2>
            <ul>
              {menu.slice(0, 6).map(({ id, name }) => (
                <li key={id}>
                  <a className={link} href={href(`/c/${id}`)}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <nav aria-label={t.shell.footFamily}>
            <h2 className="mb-2 text-base">{t.shell.footFamily}</h2>
            <ul>
              <li>
                <a className={link} href={href('/safety')}>
                  {t.shell.footSafety}
                </a>
              </li>
              <li>
                <a className={link} href={href('/sign-up')}>
                  {t.shell.signUp}
                </a>
              </li>
              <li>
                <a className={link} href={href('/kids')}>
                  {t.shell.kidsMode}
                </a>
              </li>
              <li>
                <a className={link} href={href('/orders')}>
                  {t.shell.orders}
                </a>
              </li>
            </ul>
          </nav>
          <div className="flex flex-wrap items-center gap-2 self-start">
            <Languages />
            <ThemeToggle className="text-hero-ink! hover:bg-white/10!" />
          </div>
        </div>
      </div>
    </footer>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Bell,
  cx,
  EmptyState,
  IconButton,
  IconCircleUserRound,
  IconLock,
  IconLogOut,
  IconMenu,
  IconStore,
  LinkButton,
  Menu,
  Select,
  Sheet,
  ThemeToggle,
} from '@um/ui';
import { Suspense, useEffect, useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import type { Locale } from '../i18n/index.js';
import { Rows } from '../parts/listing.js';
import { useNotices } from '../parts/notices.js';
import { listenLive, openLiveSocket } from '../state/live.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';
import { textIn } from '../parts/text.js';
import { go, usePlace } from '../state/router.js';
import { usePerson, useRestart } from '../state/session.js';
import { useStores } from '../state/stores.js';
import { LanguageMenu } from './language-menu.js';
import { Logo } from './logo.js';
import { Outlet } from './outlet.js';
import { href, isIn, sectionsFor, type Section } from './sections.js';

/** The frame around every page: the menu by role, the store, the bell, language and colours. */
export function Shell(): ReactElement {
  const t = useT();
  const { roles } = usePerson();
  const { path } = usePlace();
  const sections = sectionsFor(roles);
  const first = sections[0];
  useLiveRefresh();
  useEffect(() => {
    if (path === '/' && first) go(href(first.path), { replace: true });
  }, [path, first]);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only rounded-full bg-brand px-4 py-2 text-on-brand focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t.skip}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-6 overflow-y-auto border-r border-line bg-surface p-4 lg:flex">
        <a href={href('')} aria-label={t.panel} className="px-2 py-1">
          <Logo />
        </a>
        <Sections sections={sections} path={path} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <TopBar sections={sections} path={path} />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-4 py-6 outline-none sm:px-6 lg:px-8">
          <Suspense fallback={<Rows />}>{first ? <Outlet sections={sections} /> : <NoAccess />}</Suspense>
        </main>
      </div>
    </div>
  );
}

function Sections({
  sections,
  path,
  onGo,
}: {
  sections: readonly Section[];
  path: string;
  onGo?: () => void;
}): ReactElement {
  const t = useT();
  return (
    <nav aria-label={t.nav.label}>
      <ul className="flex flex-col gap-1">
        {sections.map((section) => {
          const here = isIn(path, section);
          return (
            <li key={section.path}>
              <a
                href={href(section.path)}
                onClick={onGo}
                aria-current={here ? 'page' : undefined}
                className={cx(
                  'tap flex items-center gap-3 rounded-field px-3 font-medium transition-colors',
                  here ? 'bg-brand-soft text-brand-ink' : 'hover:bg-sunken',
                )}
              >
                <section.icon size={20} />
                {t.nav[section.name]}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function TopBar({ sections, path }: { sections: readonly Section[]; path: string }): ReactElement {
  const t = useT();
  const [open, setOpen] = useState(false);
  const unread = useNotices().data?.pages[0]?.unread ?? 0;
  const keepLocale = useMutation({
    mutationFn: (locale: Locale) => send('PATCH', '/me', { locale }),
    onError: useFailureToast(),
  });
  return (
    <header className="sticky top-0 z-30 flex items-center gap-1 border-b border-line bg-surface px-2 py-1.5 sm:px-4">
      <IconButton icon={IconMenu} label={t.ui.menu} className="lg:hidden" onClick={() => setOpen(true)} />
      <Sheet open={open} onClose={() => setOpen(false)} title={t.panel}>
        <div className="flex flex-col gap-5">
          <StoreSwitch />
          <Sections sections={sections} path={path} onGo={() => setOpen(false)} />
        </div>
      </Sheet>
      <div className="mr-auto hidden w-64 min-w-0 md:block">
        <StoreSwitch />
      </div>
      <span className="grow md:hidden" />
      <Bell href={href('/notices')} unread={unread} label={t.notices.unread(unread)} />
      <LanguageMenu onChosen={(locale) => keepLocale.mutate(locale)} />
      <ThemeToggle />
      <AccountMenu />
    </header>
  );
}

/** Which store the lists are about. With one store there is nothing to choose: its name stands there. */
function StoreSwitch(): ReactElement | null {
  const t = useT();
  const { stores, storeId, setStoreId } = useStores();
  const { locale } = useLanguage();
  if (stores.length === 0) return null;
  if (stores.length === 1)
    return (
      <p className="flex items-center gap-2 px-2 font-semibold">
        <IconStore size={18} />
        <span className="truncate">{textIn(stores[0]!.name, locale)}</span>
      </p>
    );
  return (
    <Select
      label={t.nav.store}
      labelHidden
      value={storeId ?? ''}
      onChange={(event) => setStoreId(event.currentTarget.value || null)}
    >
      <option value="">{t.nav.allStores}</option>
      {stores.map((store) => (
        <option key={store.id} value={store.id}>
          {textIn(store.name, locale)}
        </option>
      ))}
    </Select>
  );
}

function AccountMenu(): ReactElement {
  const t = useT();
  const me = usePerson();
  const restart = useRestart();
  const signOut = useMutation({
    mutationFn: () => send('POST', '/auth/sign-out'),
    onSuccess: restart,
    onError: useFailureToast(),
  });
  return (
    <Menu
      renderTrigger={(wired) => (
        <IconButton {...wired} icon={IconCircleUserRound} label={`${t.nav.account}: ${me.name}`} />
      )}
      head={
        <>
          <p className="font-semibold">{me.name}</p>
          <p className="text-sm break-all text-ink-soft">{me.email}</p>
        </>
      }
      items={[
        { label: t.toShop, icon: IconStore, href: '/' },
        { label: t.nav.signOut, icon: IconLogOut, onSelect: () => signOut.mutate() },
      ]}
    />
  );
}

function NoAccess(): ReactElement {
  const t = useT();
  return (
    <EmptyState level={1} icon={IconLock} title={t.noAccess} action={<LinkButton href="/">{t.toShop}</LinkButton>}>
      {t.noAccessText}
    </EmptyState>
  );
}

/** Whatever the platform says live makes the lists it is about look again. */
function useLiveRefresh(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      listenLive(openLiveSocket, ({ topic, subjectId }) => {
        if (topic === 'imports') {
          void client.invalidateQueries({ queryKey: ['import', subjectId] });
          return;
        }
        void client.invalidateQueries({ queryKey: ['notices'] });
        if (topic !== 'notifications') void client.invalidateQueries({ queryKey: ['orders'] });
      }),
    [client],
  );
}

import {
  ErrorState,
  ToastProvider,
  UiProvider,
  LinkButton,
  EmptyState,
  IconSearch,
  IconWifiOff,
  IconLock,
} from '@um/ui';
import { useCallback, useEffect, useMemo, type ReactElement, type ReactNode } from 'react';
import type { Entry, Failure } from './router/resolve.js';
import type { RouterState } from './router/browser.js';
import { isChildPlace } from './router/routes.js';
import { BareShell, ChildShell } from './shell/child-shell.js';
import { Footer, Header, TabBar } from './shell/header.js';
import { AppProvider, useApp, useHref, useLive, type AppServices } from './state/app.js';
import { PlaceContext } from './state/place.js';
import { StepUpProvider } from './state/step-up.js';
import { useStore, type Store } from './state/store.js';
import { isChild } from './state/viewer.js';

/** The whole page: frame, page, messages. */
export function App({ services, router }: { services: AppServices; router: Store<RouterState> }): ReactElement {
  const { entry, pending } = useStore(router);
  const place = useMemo(() => ({ path: entry.path, search: entry.search }), [entry.path, entry.search]);
  return (
    <AppProvider services={services}>
      <UiProvider locale={services.locale} words={services.t.ui}>
        <ToastProvider>
          <StepUpProvider>
            <PlaceContext.Provider value={place}>
              {pending && <div className="pending-line" role="progressbar" aria-label={services.t.ui.loading} />}
              <Frame entry={entry}>
                <PageOf entry={entry} />
              </Frame>
              <LiveCounts />
            </PlaceContext.Provider>
          </StepUpProvider>
        </ToastProvider>
      </UiProvider>
    </AppProvider>
  );
}

function Frame({ entry, children }: { entry: Entry; children: ReactNode }): ReactElement {
  const { t, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const skip = (
    <a
      href="#main"
      data-reload
      className="sr-only z-50 rounded-full bg-accent px-5 py-3 font-bold text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      {t.shell.skip}
    </a>
  );
  if (child) {
    return (
      <>
        {skip}
        <ChildShell path={entry.path} search={entry.search}>
          {children}
        </ChildShell>
      </>
    );
  }
  if (isChildPlace(entry.path)) {
    return (
      <>
        {skip}
        <BareShell>{children}</BareShell>
      </>
    );
  }
  return (
    <div className="flex min-h-dvh flex-col">
      {skip}
      <Header path={entry.path} search={entry.search} />
      <main id="main" className="grow">
        {children}
      </main>
      <Footer />
      <TabBar path={entry.path} />
    </div>
  );
}

function PageOf({ entry }: { entry: Entry }): ReactElement {
  if (!entry.page) return <FailurePage failure={entry.failure ?? { status: 500, requestId: null }} />;
  const { View } = entry.page;
  // Another address is another page, even of the same kind: nothing typed or opened leaks from one to the next.
  return <View key={entry.path} data={entry.data} />;
}

function FailurePage({ failure }: { failure: Failure }): ReactElement {
  const { t, refresh } = useApp();
  const href = useHref();
  const home = <LinkButton href={href('/')}>{t.errors.home}</LinkButton>;
  const { status } = failure;
  if (status === 404 || status === 400 || status === 410) {
    return (
      <div className="page">
        <EmptyState level={1} icon={IconSearch} title={t.errors.notFoundTitle} action={home}>
          {t.errors.notFoundText}
        </EmptyState>
      </div>
    );
  }
  if (status === 403)
    return (
      <div className="page">
        <EmptyState level={1} icon={IconLock} title={t.errors.forbiddenTitle} action={home}>
          {t.errors.forbiddenText}
        </EmptyState>
      </div>
    );
  if (status === 0)
    return (
      <div className="page">
        <EmptyState level={1} icon={IconWifiOff} title={t.errors.offlineTitle}>
          {t.errors.offlineText}
        </EmptyState>
      </div>
    );
  return (
    <div className="page">
      <ErrorState level={1} title={t.errors.brokenTitle} requestId={failure.requestId} onRetry={() => void refresh()}>
        {t.errors.brokenText}
      </ErrorState>
    </div>
  );
}

/** Keeps the bell's figure true while the page is open. */
function LiveCounts(): null {
  const { api, viewer, unread } = useApp();
  const person = useStore(viewer);
  const count = useCallback((): void => {
    if (!viewer.get()) return;
    // The figure at the bell may lag while the network is away; the next message brings it up to date.
    api.get<{ unread: number }>('/notifications', { limit: 1 }).then(
      (answer) => unread.set(answer.unread),
      () => undefined,
    );
  }, [api, viewer, unread]);
  useEffect(count, [count, person]);
  useLive('notifications', count);
  return null;
}

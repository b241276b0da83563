import { EmptyState, IconWifiOff } from '@um/ui';
import type { ReactElement } from 'react';
import { definePage } from '../router/page.js';
import { useT } from '../state/app.js';

/** What is shown when a page was never seen and there is no network. */
export const page = definePage<null>({
  load: () => Promise.resolve(null),
  head: (_data, t) => ({ title: t.errors.offlineTitle, hidden: true }),
  View: Offline,
});

function Offline(): ReactElement {
  const t = useT();
  return (
    <div className="page">
      <h1 className="sr-only">{t.errors.offlineTitle}</h1>
      <EmptyState icon={IconWifiOff} title={t.errors.offlineTitle}>
        {t.errors.offlineText}
      </EmptyState>
    </div>
  );
}

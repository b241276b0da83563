import type { WatchView } from '@um/family';
import { Avatar, Card, formatMoney, IconEye, Note, Section } from '@um/ui';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { Spending } from '../parts/spending.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp } from '../state/app.js';

type Watch = z.infer<typeof WatchView>;

/** What parents can see of a child, told to the child in plain words (UXP-12). */
export const page = definePage<Watch>({
  load: ({ api }) => api.get<Watch>('/families/watching'),
  head: (_data, t) => ({ title: t.kids.watchTitle, hidden: true }),
  View: Watching,
});

function Watching({ data }: { data: Watch }): ReactElement {
  const { t, locale } = useApp();
  const limited = data.spending.some((window) => window.limit !== null);
  return (
    <div className="mx-auto max-w-2xl">
      <PageTitle note={t.kids.watchText}>{t.kids.watchTitle}</PageTitle>
      <div className="flex flex-col gap-5">
        <Card>
          <ul className="flex flex-col gap-4">
            {data.seen.map((thing) => (
              <li key={thing} className="flex gap-3 text-lg">
                <IconEye size={26} className="text-brand-ink" />
                {t.kids.seen[thing]}
              </li>
            ))}
          </ul>
        </Card>
        <Note tone="ok">{t.kids.notSeen}</Note>
        <Card>
          <Section title={t.kids.guardians} level={2}>
            <ul className="flex flex-wrap gap-4">
              {data.guardians.map((name) => (
                <li key={name} className="flex items-center gap-3">
                  <Avatar name={name} />
                  {name}
                </li>
              ))}
            </ul>
          </Section>
        </Card>
        {(limited || data.maxPrice) && (
          <Card>
            <Section title={t.kids.moneyTitle} level={2}>
              <Spending spending={data.spending} />
              {data.maxPrice && <p className="mt-4">{t.kids.maxPrice(formatMoney(data.maxPrice, locale))}</p>}
            </Section>
          </Card>
        )}
      </div>
    </div>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CatalogWork as Work } from '@um/product';
import { Card, Progress } from '@um/ui';
import { useEffect, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { useT } from '../state/language.js';

const OFTEN_MS = 1_000;
const SELDOM_MS = 15_000;

/** Changes whose products are still following, each with how far it is. `nameOf` says what a category or brand is called. */
export function CatalogWork({
  kind,
  nameOf,
}: {
  kind: Work['kind'];
  nameOf: (subject: string) => string;
}): ReactElement | null {
  const t = useT();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['catalog-work'],
    queryFn: () => get<{ items: Work[] }>('/admin/catalog-work').then(({ items }) => items),
    refetchInterval: ({ state }) => (state.data?.length ? OFTEN_MS : SELDOM_MS),
  });
  const works = (data ?? []).filter((work) => work.kind === kind && work.total > 0);
  const busy = works.length > 0;
  // When the last one is done, the numbers beside brands are others.
  useEffect(() => {
    if (!busy) void client.invalidateQueries({ queryKey: ['brands'] });
  }, [busy, client]);
  if (!busy) return null;
  return (
    <Card className="mb-4 flex flex-col gap-4">
      {works.map((work) => {
        const progress = t.tree.work.progress(work.done, work.total);
        return (
          <div key={work.id}>
            <p className="mb-2 flex flex-wrap justify-between gap-x-4 font-semibold">
              {t.tree.work[kind](nameOf(work.subject))}
              <span className="text-sm font-normal text-ink-soft tabular-nums">{progress}</span>
            </p>
            <Progress value={work.done} max={work.total} label={progress} />
          </div>
        );
      })}
      <p className="text-sm text-ink-soft">{t.tree.work.text}</p>
    </Card>
  );
}

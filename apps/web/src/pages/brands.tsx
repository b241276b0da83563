import type { BrandView } from '@um/search';
import { EmptyState, IconTag, LoadMore, Picture, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { ApiProblem } from '../api/api.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { useStore } from '../state/store.js';
import { isChild } from '../state/viewer.js';

interface Data {
  items: BrandView[];
  nextCursor: string | null;
}

const PART = 60;

/** Every brand that has something for the reader. */
export const page = definePage<Data>({
  load: ({ api }) => api.get<Data>('/brands', { limit: PART }),
  head: ({ items }, t) => ({ title: t.list.brands, description: t.list.brandsText, hidden: items.length === 0 }),
  View: Brands,
});

function Brands({ data }: { data: Data }): ReactElement {
  const { t, api, keep, viewer } = useApp();
  const child = isChild(useStore(viewer));
  const href = useHref();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const more = async (): Promise<void> => {
    setBusy(true);
    try {
      const next = await api.get<Data>('/brands', { limit: PART, cursor: data.nextCursor });
      keep({ items: [...data.items, ...next.items], nextCursor: next.nextCursor });
    } catch (error) {
      toast.problem(error instanceof ApiProblem && error.status !== 0 ? error.message : t.errors.network);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={child ? '' : 'page pt-4 sm:pt-6'}>
      <PageTitle note={t.list.brandsText}>{t.list.brands}</PageTitle>
      {data.items.length === 0 && <EmptyState icon={IconTag} title={t.list.emptyTitle} />}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {data.items.map((brand) => (
          <li key={brand.slug}>
            <a
              href={href(`/b/${brand.slug}`)}
              className="tap shade-1 flex h-full items-center gap-3 rounded-card border border-line bg-surface p-4 font-semibold hover:border-line-strong"
            >
              {brand.logoId && <Picture id={brand.logoId} alt="" sizes="40px" className="size-10 rounded-field" />}
              <span className="min-w-0 break-words">{brand.name}</span>
            </a>
          </li>
        ))}
      </ul>
      <LoadMore more={data.nextCursor !== null} busy={busy} onMore={() => void more()} />
    </div>
  );
}

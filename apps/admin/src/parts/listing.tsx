import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { EmptyState, ErrorState, LoadMore, Skeleton, type Icon } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { get, type Page, type Query } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { useLanguage, useT } from '../state/language.js';

export type Pages<T, P extends Page<T> = Page<T>> = UseInfiniteQueryResult<InfiniteData<P>>;

/** A list of the API, part by part. `key` names it for refreshing; the query belongs to the key too. */
export function usePages<T, P extends Page<T> = Page<T>>(key: string, path: string, query: Query = {}): Pages<T, P> {
  const { locale } = useLanguage();
  return useInfiniteQuery({
    queryKey: [key, path, query, locale],
    queryFn: ({ pageParam }) => get<P>(path, { ...query, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** A list in all its states: on its way, failed, empty, there, with a button for more. */
export function Listing<T>({
  pages,
  empty,
  children,
}: {
  pages: Pages<T>;
  empty: { icon: Icon; title: string; text?: string };
  children: (items: readonly T[]) => ReactNode;
}): ReactElement {
  if (pages.isPending) return <Rows />;
  if (pages.isError && !pages.data) return <Failed error={pages.error} onRetry={() => void pages.refetch()} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState icon={empty.icon} title={empty.title}>
        {empty.text}
      </EmptyState>
    );
  return (
    <>
      {children(items)}
      <LoadMore more={pages.hasNextPage} busy={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
    </>
  );
}

/** Grey rows of something on its way. */
export function Rows({ count = 6 }: { count?: number }): ReactElement {
  const t = useT();
  return (
    <div role="status" aria-label={t.ui.loading} className="flex flex-col gap-2">
      {Array.from({ length: count }, (_, place) => (
        <Skeleton key={place} className="h-16 rounded-box" />
      ))}
    </div>
  );
}

/** Something could not be loaded. What is gone or not ours is told so, without a button that cannot help. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const t = useT();
  if (!(error instanceof ApiProblem)) throw error;
  if (error.status === 0) return <ErrorState title={t.offline} onRetry={onRetry} />;
  if (error.status < 500) return <ErrorState title={error.message || t.broken} requestId={error.requestId} />;
  return (
    <ErrorState title={t.broken} requestId={error.requestId} onRetry={onRetry}>
      {t.brokenText}
    </ErrorState>
  );
}

import type { DraftSummary } from '@um/product';
import { Badge, Card, dateTime, LoadMore, Section } from '@um/ui';
import type { ReactElement } from 'react';
import { href } from '../shell/sections.js';
import { useLanguage } from '../state/language.js';
import { usePages } from './listing.js';

/** Products that are not finished; nothing where there are none. */
export function Drafts({ storeId }: { storeId: string | null }): ReactElement | null {
  const { t, locale } = useLanguage();
  const pages = usePages<DraftSummary>('drafts', '/seller/drafts', { storeId, limit: 5 });
  const drafts = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (drafts.length === 0) return null;
  return (
    <Card className="mb-5">
      <Section title={t.editor.drafts}>
        <p className="-mt-2 mb-2 text-sm text-ink-soft">{t.editor.draftsText}</p>
        <ul className="divide-y divide-line">
          {drafts.map((draft) => (
            <li key={draft.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
              <a href={href(`/products/drafts/${draft.id}`)} className="font-semibold hover:underline">
                {draft.title || t.editor.untitled}
              </a>
              <span className="flex items-center gap-3 text-sm text-ink-soft">
                <Badge>{draft.productId === null ? t.editor.isNew : t.editor.ofProduct}</Badge>
                <span className="whitespace-nowrap">{dateTime(draft.savedAt, locale)}</span>
              </span>
            </li>
          ))}
        </ul>
        <LoadMore more={pages.hasNextPage} busy={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
      </Section>
    </Card>
  );
}

import type { CategoryView } from '@um/product';
import { LinkButton } from '@um/ui';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { categoryUrl } from '../parts/drawn.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { useHref, useT } from '../state/app.js';

type Category = z.infer<typeof CategoryView>;

/** Every department with what is in it. */
export const page = definePage<readonly Category[]>({
  load: async ({ api }) => (await api.get<{ items: Category[] }>('/categories')).items,
  head: (_data, t) => ({ title: t.shell.catalog, description: t.home.description }),
  View: Catalog,
});

function Catalog({ data }: { data: readonly Category[] }): ReactElement {
  const t = useT();
  const href = useHref();
  const below = (id: string | null): Category[] =>
    data.filter((c) => c.parentId === id).sort((a, b) => a.position - b.position);
  return (
    <div className="page pt-6 sm:pt-8">
      <PageTitle
        aside={
          <LinkButton href={href('/brands')} kind="secondary" size="s">
            {t.list.brands}
          </LinkButton>
        }
      >
        {t.shell.catalog}
      </PageTitle>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {below(null).map((root) => (
          <li key={root.id} className="rounded-card border border-line bg-surface p-4">
            <h2 className="text-lg">
              <a href={href(`/c/${root.id}`)} className="flex items-center gap-3 rounded-box hover:underline">
                <img src={categoryUrl(root.icon)} alt="" width={44} height={44} loading="lazy" />
                {root.name}
              </a>
            </h2>
            <ul className="mt-2 flex flex-wrap gap-x-4 pl-14">
              {below(root.id).map((child) => (
                <li key={child.id}>
                  <a
                    href={href(`/c/${child.id}`)}
                    className="inline-block rounded-field py-1.5 text-ink-soft hover:text-ink hover:underline"
                  >
                    {child.name}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

import type { ProductPage } from '@um/search';
import { Section } from '@um/ui';
import type { ReactElement } from 'react';
import { CategoryTiles } from '../parts/categories.js';
import { loadProducts } from '../parts/shelves.js';
import { PageTitle, Tiles } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { RestingPlace } from '../shell/child-shell.js';
import { useApp } from '../state/app.js';
import { useStore } from '../state/store.js';

/** A child's front page: a few things that suit its age, and the departments. */
export const page = definePage<ProductPage>({
  load: ({ api }) => loadProducts(api, { sort: 'popular', inStock: 'true', limit: 12 }),
  head: (_data, t) => ({ title: t.kids.home, hidden: true }),
  View: ChildHome,
});

function ChildHome({ data }: { data: ProductPage }): ReactElement {
  const { t, viewer } = useApp();
  const person = useStore(viewer);
  return (
    <div className="flex flex-col gap-8">
      <div className="ikat rounded-card bg-hero px-6 pt-6 pb-1 text-hero-ink [--ikat-strength:0.06] sm:px-8 sm:pt-8">
        <PageTitle note={<span className="text-hero-soft">{t.kids.helloText}</span>}>
          {t.kids.hello(person?.name ?? '')}
        </PageTitle>
      </div>
      <Section title={t.kids.choose}>
        <CategoryTiles />
      </Section>
      <Section title={t.kids.some}>
        <Tiles products={data.items} dense />
        <RestingPlace />
      </Section>
    </div>
  );
}

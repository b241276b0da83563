import type { AdminBrand } from '@um/product';
import { Button, IconBadgeCheck, Input, Table, type Column } from '@um/ui';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { CatalogWork } from '../parts/catalog-work.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { useT } from '../state/language.js';
import { BrandMerge, BrandRename } from './brand-dialogs.js';

const ALIASES_SHOWN = 5;
type Asked = { about: 'rename' | 'merge'; brand: AdminBrand };

/** Brands: search, another name, merging two that are one. */
export function Brands(): ReactElement {
  const t = useT();
  const words = t.tree.brands;
  const [q, setQ] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const pages = usePages<AdminBrand>('brands', '/admin/brands', { q: useDeferredValue(q.trim()) });
  const close = (): void => setAsked(null);
  const names = new Map(pages.data?.pages.flatMap(({ items }) => items).map(({ slug, name }) => [slug, name]));
  return (
    <PanelPage title={words.title} lead={words.lead}>
      <CatalogWork kind="brand" nameOf={(slug) => names.get(slug) ?? slug} />
      <Filters>
        <Input
          type="search"
          label={words.find}
          value={q}
          maxLength={80}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
      </Filters>
      <Listing pages={pages} empty={{ icon: IconBadgeCheck, title: words.empty, text: words.emptyText }}>
        {(brands) => (
          <Table
            caption={words.title}
            rows={brands}
            keyOf={(brand) => brand.slug}
            columns={columns(words, (about, brand) => setAsked({ about, brand }))}
          />
        )}
      </Listing>
      {asked?.about === 'rename' && <BrandRename brand={asked.brand} onClose={close} />}
      {asked?.about === 'merge' && <BrandMerge brand={asked.brand} onClose={close} />}
    </PanelPage>
  );
}

function columns(
  words: ReturnType<typeof useT>['tree']['brands'],
  ask: (about: Asked['about'], brand: AdminBrand) => void,
): Column<AdminBrand>[] {
  return [
    {
      id: 'name',
      title: words.name,
      cell: ({ name, slug, aliases }) => (
        <>
          <strong className="block">{name}</strong>
          <a href={`/b/${slug}`} className="inline-flex min-h-9 items-center text-xs text-ink-soft hover:underline">
            /b/{slug}
          </a>
          {aliases.length > 0 && (
            <span className="block max-w-80 text-xs text-ink-soft">
              {words.aliases(aliases.slice(0, ALIASES_SHOWN).join(', '))}
            </span>
          )}
        </>
      ),
    },
    { id: 'products', title: words.products, number: true, cell: ({ products }) => products },
    {
      id: 'actions',
      title: <span className="sr-only">{words.rename}</span>,
      number: true,
      cell: (brand) => (
        <span className="flex flex-col items-end justify-end gap-2 sm:flex-row">
          {(['rename', 'merge'] as const).map((about) => (
            <Button
              key={about}
              kind="secondary"
              size="s"
              aria-label={`${words[about]}: ${brand.name}`}
              onClick={() => ask(about, brand)}
            >
              {words[about]}
            </Button>
          ))}
        </span>
      ),
    },
  ];
}

import { useQuery } from '@tanstack/react-query';
import type { AdminAttribute } from '@um/product';
import { Badge, Button, EmptyState, IconPlus, IconSlidersHorizontal, Table, Tabs, type Column } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { get } from '../api/api.js';
import { useCategories } from '../parts/categories.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { useLanguage, type Language } from '../state/language.js';
import { AttributeDialog } from './attribute-dialog.js';
import { CategoryAsks } from './category-asks.js';

/** What products are described by: the attributes themselves, and which category asks for which. */
export function Attributes(): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [tab, setTab] = useState('list');
  const [edited, setEdited] = useState<AdminAttribute | 'new' | null>(null);
  const attributes = useQuery({
    queryKey: ['attributes'],
    queryFn: () => get<{ items: AdminAttribute[] }>('/admin/attributes').then((answer) => answer.items),
  });
  if (attributes.isPending) return <Rows count={8} />;
  if (attributes.isError && !attributes.data)
    return <Failed error={attributes.error} onRetry={() => void attributes.refetch()} />;
  const items = attributes.data;
  return (
    <PanelPage
      title={t.catalog.attributes.title}
      lead={t.catalog.attributes.lead}
      aside={
        <Button size="s" icon={IconPlus} onClick={() => setEdited('new')}>
          {t.catalog.attributes.add}
        </Button>
      }
    >
      <Tabs
        label={t.catalog.attributes.title}
        current={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'list',
            label: t.catalog.attributes.tabs.list,
            content: <AttributeTable items={items} onEdit={setEdited} />,
          },
          {
            id: 'categories',
            label: t.catalog.attributes.tabs.categories,
            content: <CategoryAsks attributes={items} />,
          },
        ]}
      />
      {edited && (
        <AttributeDialog attribute={edited === 'new' ? null : edited} items={items} onClose={() => setEdited(null)} />
      )}
    </PanelPage>
  );
}

function AttributeTable({
  items,
  onEdit,
}: {
  items: readonly AdminAttribute[];
  onEdit: (attribute: AdminAttribute) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { data: categories } = useCategories();
  const names = new Map(categories?.map((category) => [category.id, category.name]));
  return (
    <Table
      caption={t.catalog.attributes.title}
      rows={items}
      keyOf={(attribute) => attribute.code}
      columns={columns(language, names, onEdit)}
      empty={
        <EmptyState icon={IconSlidersHorizontal} title={t.catalog.attributes.empty}>
          {t.catalog.attributes.emptyText}
        </EmptyState>
      }
    />
  );
}

function columns(
  { t, locale }: Language,
  names: ReadonlyMap<string, string>,
  edit: (attribute: AdminAttribute) => void,
): Column<AdminAttribute>[] {
  const words = t.catalog.attributes;
  return [
    {
      id: 'name',
      title: words.name,
      cell: (attribute) => (
        <>
          <strong className="block">{textIn(attribute.name, locale)}</strong>
          <span className="text-xs text-ink-soft">{attribute.code}</span>
        </>
      ),
    },
    {
      id: 'type',
      title: words.type,
      cell: ({ type, unit, choices }) => (
        <span className="whitespace-nowrap">
          {words.types[type]}
          {unit && `, ${textIn(unit, locale)}`}
          {choices.length > 0 && ` (${choices.length})`}
        </span>
      ),
    },
    {
      id: 'categories',
      title: words.askedBy,
      cell: ({ categories }) => (
        <span className="flex max-w-96 flex-wrap gap-1">
          {categories.length === 0 && <span className="text-ink-soft">{words.nobody}</span>}
          {categories.map(({ categoryId, required }) => (
            <Badge key={categoryId} tone={required ? 'accent' : 'plain'}>
              {names.get(categoryId) ?? categoryId}
            </Badge>
          ))}
        </span>
      ),
    },
    { id: 'position', title: words.position, number: true, cell: (attribute) => attribute.position },
    {
      id: 'actions',
      title: <span className="sr-only">{words.edit}</span>,
      number: true,
      cell: (attribute) => (
        <Button
          kind="secondary"
          size="s"
          aria-label={`${words.edit}: ${textIn(attribute.name, locale)}`}
          onClick={() => edit(attribute)}
        >
          {words.edit}
        </Button>
      ),
    },
  ];
}

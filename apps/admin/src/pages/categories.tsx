import type { AdminCategory } from '@um/product';
import {
  Button,
  Card,
  cx,
  EmptyState,
  IconButton,
  IconChevronDown,
  IconChevronRight,
  IconEllipsis,
  IconLayoutGrid,
  IconPencil,
  IconPlus,
  IconUndo2,
  Input,
  Menu,
} from '@um/ui';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { CatalogWork } from '../parts/catalog-work.js';
import { Failed, Rows } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { inside, matching, unfolded, useTree } from '../parts/tree.js';
import { useLanguage, useT } from '../state/language.js';
import { CategoryDialog } from './category-dialog.js';
import { CategoryMerge } from './category-merge.js';

/** A tree of so many categories is shown whole at first. */
const FEW = 40;
type Asked = { about: 'edit' | 'merge'; category: AdminCategory } | { about: 'new'; parentId: string | null };

/** The category tree: what is where, what it is called, and what becomes of it. */
export function Categories(): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.tree.categories;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed.trim());
  const tree = useTree();
  if (tree.isPending) return <Rows count={8} />;
  if (tree.isError && !tree.data) return <Failed error={tree.error} onRetry={() => void tree.refetch()} />;
  const names = new Map(tree.data.map(({ id, name }) => [id, textIn(name, locale)]));
  const close = (): void => setAsked(null);
  return (
    <PanelPage
      title={words.title}
      lead={words.lead}
      aside={
        <Button size="s" icon={IconPlus} onClick={() => setAsked({ about: 'new', parentId: null })}>
          {words.add}
        </Button>
      }
    >
      <CatalogWork kind="category" nameOf={(id) => names.get(id) ?? id} />
      <Filters>
        <Input
          type="search"
          label={words.find}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Filters>
      <Tree tree={tree.data} sought={sought} ask={setAsked} />
      {asked?.about === 'merge' && <CategoryMerge category={asked.category} tree={tree.data} onClose={close} />}
      {asked?.about === 'edit' && <CategoryDialog category={asked.category} tree={tree.data} onClose={close} />}
      {asked?.about === 'new' && <CategoryDialog parentId={asked.parentId} tree={tree.data} onClose={close} />}
    </PanelPage>
  );
}

function Tree({
  tree,
  sought,
  ask,
}: {
  tree: readonly AdminCategory[];
  sought: string;
  ask: (asked: Asked) => void;
}): ReactElement {
  const t = useT();
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(tree.length <= FEW ? tree.map(({ id }) => id) : []),
  );
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const shown = sought ? matching(tree, sought) : unfolded(tree, open);
  if (shown.length === 0)
    return (
      <EmptyState icon={IconLayoutGrid} title={t.tree.categories.empty}>
        {t.tree.categories.emptyText}
      </EmptyState>
    );
  return (
    <Card flush>
      <ul className="divide-y divide-line" aria-label={t.tree.categories.title}>
        {shown.map((category) => (
          <CategoryRow
            key={category.id}
            category={category}
            count={inside(category.id, tree).length}
            open={sought ? null : open.has(category.id)}
            onToggle={() => toggle(category.id)}
            ask={ask}
          />
        ))}
      </ul>
    </Card>
  );
}

/** How far in a row stands; deeper ones stay there, so that names keep their room on a phone. */
const steps = ['ps-1', 'ps-5 sm:ps-8', 'ps-9 sm:ps-15', 'ps-12 sm:ps-22', 'ps-14 sm:ps-28'];

/** `open` is null where nothing can be folded: every find of a search is shown with what is above it. */
function CategoryRow({
  category,
  count,
  open,
  onToggle,
  ask,
}: {
  category: AdminCategory;
  count: number;
  open: boolean | null;
  onToggle: () => void;
  ask: (asked: Asked) => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.tree.categories;
  const name = textIn(category.name, locale);
  return (
    <li className={cx('flex items-center gap-1 pe-2 hover:bg-sunken/50', steps[category.depth] ?? steps.at(-1))}>
      {open !== null && count > 0 ? (
        <IconButton
          icon={open ? IconChevronDown : IconChevronRight}
          label={open ? words.close(name) : words.open(name)}
          aria-expanded={open}
          onClick={onToggle}
        />
      ) : (
        <span className="tap w-11 shrink-0" aria-hidden />
      )}
      <div className="min-w-0 grow py-2">
        <strong className={cx('block break-words', category.depth > 0 && 'font-medium')}>{name}</strong>
        <span className="flex flex-wrap gap-x-3 text-xs text-ink-soft">
          <span className="break-all">{category.id}</span>
          {count > 0 && <span>{words.inside(count)}</span>}
        </span>
      </div>
      <Menu
        renderTrigger={(wired) => <IconButton {...wired} icon={IconEllipsis} label={words.actions(name)} />}
        items={[
          { label: words.edit, icon: IconPencil, onSelect: () => ask({ about: 'edit', category }) },
          { label: words.addBelow, icon: IconPlus, onSelect: () => ask({ about: 'new', parentId: category.id }) },
          { label: words.merge, icon: IconUndo2, danger: true, onSelect: () => ask({ about: 'merge', category }) },
        ]}
      />
    </li>
  );
}

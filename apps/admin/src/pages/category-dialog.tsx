import { useQueryClient } from '@tanstack/react-query';
import type { AdminCategory, CategoryBody, CategoryChange } from '@um/product';
import { Input, Note, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { CategorySelect } from '../parts/category-select.js';
import { FormDialog } from '../parts/form-dialog.js';
import { isWhole, noTexts, TextFields, trimmed, type Texts } from '../parts/text-fields.js';
import { textIn } from '../parts/text.js';
import { inside } from '../parts/tree.js';
import { useLanguage } from '../state/language.js';

const ID = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const MOST = 100_000;

interface Draft {
  id: string;
  parentId: string | null;
  name: Texts;
  position: string;
}

/** The next place among the categories of the same parent. */
const lastAmong = (tree: readonly AdminCategory[], parentId: string | null): number =>
  Math.max(0, ...tree.filter((one) => one.parentId === parentId).map(({ position }) => position)) + 1;

/** Adds a category, or says what one is called, where it stands and in which order. */
export function CategoryDialog({
  category,
  parentId = null,
  tree,
  onClose,
}: {
  category?: AdminCategory;
  parentId?: string | null;
  tree: readonly AdminCategory[];
  onClose: () => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.tree.categories;
  const toast = useToast();
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => ({
    id: category?.id ?? (parentId === null ? '' : `${parentId}.`),
    parentId: category ? category.parentId : parentId,
    name: { ...(category?.name ?? noTexts) },
    position: String(category?.position ?? lastAmong(tree, parentId)),
  }));
  const moves = category !== undefined && draft.parentId !== category.parentId;
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!ID.test(draft.id) || !isWhole(draft.name)) return false;
    const position = Math.min(MOST, Math.max(0, Math.trunc(Number(draft.position) || 0)));
    const said = { name: trimmed(draft.name), position } satisfies CategoryChange;
    if (category)
      await send('PATCH', `/admin/categories/${encodeURIComponent(category.id)}`, {
        ...said,
        ...(moves ? { parentId: draft.parentId } : {}),
      } satisfies CategoryChange);
    else
      await send('POST', '/admin/categories', {
        ...said,
        id: draft.id,
        parentId: draft.parentId,
        icon: null,
      } satisfies CategoryBody);
    for (const key of ['tree', 'categories', 'catalog-work']) await client.invalidateQueries({ queryKey: [key] });
    toast.ok(moves ? words.moved : t.saved);
    return true;
  };
  return (
    <FormDialog
      size="l"
      title={category ? textIn(category.name, locale) : words.newTitle}
      action={t.save}
      submit={submit}
      onClose={onClose}
    >
      <TextFields
        label={words.name}
        value={draft.name}
        longest={100}
        error={tried ? words.needed : undefined}
        onChange={(name) => setDraft({ ...draft, name })}
      />
      <Place draft={draft} category={category} tree={tree} tried={tried} onChange={setDraft} />
      {category && moves && (
        <Note>
          {words.moves(inside(category.id, tree).length)} {words.movesFamilies}
        </Note>
      )}
    </FormDialog>
  );
}

function Place({
  draft,
  category,
  tree,
  tried,
  onChange,
}: {
  draft: Draft;
  category: AdminCategory | undefined;
  tree: readonly AdminCategory[];
  tried: boolean;
  onChange: (draft: Draft) => void;
}): ReactElement {
  const { t } = useLanguage();
  const words = t.tree.categories;
  return (
    <>
      <CategorySelect
        label={words.parent}
        none={words.root}
        value={draft.parentId ?? ''}
        tree={tree}
        except={category?.id}
        onChange={(id) => onChange({ ...draft, parentId: id || null })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Input
          label={words.id}
          value={draft.id}
          disabled={category !== undefined}
          maxLength={100}
          hint={words.idHint}
          error={tried && !ID.test(draft.id) ? words.idBad : undefined}
          onChange={(event) => onChange({ ...draft, id: event.currentTarget.value })}
        />
        <Input
          label={words.position}
          value={draft.position}
          inputMode="numeric"
          maxLength={6}
          onChange={(event) => onChange({ ...draft, position: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

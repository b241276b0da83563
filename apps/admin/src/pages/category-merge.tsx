import { useQueryClient } from '@tanstack/react-query';
import type { AdminCategory } from '@um/product';
import { Checkbox, Note, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { CategorySelect } from '../parts/category-select.js';
import { FormDialog } from '../parts/form-dialog.js';
import { textIn } from '../parts/text.js';
import { useLanguage } from '../state/language.js';

/** Merges a category into another, once it is said to be meant. */
export function CategoryMerge({
  category,
  tree,
  onClose,
}: {
  category: AdminCategory;
  tree: readonly AdminCategory[];
  onClose: () => void;
}): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.tree.categories;
  const toast = useToast();
  const client = useQueryClient();
  const [into, setInto] = useState('');
  const [sure, setSure] = useState(false);
  const other = tree.find(({ id }) => id === into);
  const [from, to] = [textIn(category.name, locale), other ? textIn(other.name, locale) : ''];
  const submit = async (): Promise<boolean> => {
    await send('POST', `/admin/categories/${encodeURIComponent(category.id)}/merge`, { into });
    for (const key of ['tree', 'categories', 'attributes', 'catalog-work'])
      await client.invalidateQueries({ queryKey: [key] });
    toast.ok(words.mergeDone);
    return true;
  };
  return (
    <FormDialog
      danger
      title={words.mergeTitle(from)}
      action={words.merge}
      ready={other !== undefined && sure}
      submit={submit}
      onClose={onClose}
    >
      <CategorySelect
        label={words.mergeInto}
        none={words.choose}
        value={into}
        tree={tree}
        except={category.id}
        onChange={(id) => {
          setInto(id);
          setSure(false);
        }}
      />
      {other && (
        <>
          <Note tone="accent">
            {words.mergeText(from, to)} {words.mergeFamilies(from, to)}
          </Note>
          <Checkbox label={words.mergeSure} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}

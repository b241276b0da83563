import { useQueryClient } from '@tanstack/react-query';
import type { AdminCategory } from '@um/product';
import { Checkbox, Note, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { FormDialog } from '../parts/form-dialog.js';
import { textIn } from '../parts/text.js';
import { inside, setIn } from '../parts/tree.js';
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
  const own = new Set([category.id, ...inside(category.id, tree).map(({ id }) => id)]);
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
      <Select
        label={words.mergeInto}
        value={into}
        onChange={(event) => {
          setInto(event.currentTarget.value);
          setSure(false);
        }}
      >
        <option value="">{words.choose}</option>
        {tree
          .filter(({ id }) => !own.has(id))
          .map((one) => (
            <option key={one.id} value={one.id}>
              {setIn(one, locale)}
            </option>
          ))}
      </Select>
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

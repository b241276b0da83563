import { useQueryClient } from '@tanstack/react-query';
import type { AdminBrand, BrandBody } from '@um/product';
import { Checkbox, Input, Note, Select, useToast } from '@um/ui';
import { useDeferredValue, useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { FormDialog } from '../parts/form-dialog.js';
import { usePages } from '../parts/listing.js';
import { useT } from '../state/language.js';

interface About {
  brand: AdminBrand;
  onClose: () => void;
}

/** Forgets what was read of brands and of the work on them. */
function useForget(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    for (const key of ['brands', 'catalog-work']) await client.invalidateQueries({ queryKey: [key] });
  };
}

/** Gives a brand another name; its picture and its own store stay. */
export function BrandRename({ brand, onClose }: About): ReactElement {
  const t = useT();
  const words = t.tree.brands;
  const toast = useToast();
  const forget = useForget();
  const [name, setName] = useState(brand.name);
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<boolean> => {
    setTried(true);
    if (!name.trim()) return false;
    const { logoId, ownerStoreId } = brand;
    await send('PUT', `/admin/brands/${brand.slug}`, { name: name.trim(), logoId, ownerStoreId } satisfies BrandBody);
    await forget();
    toast.ok(t.saved);
    return true;
  };
  return (
    <FormDialog title={brand.name} action={t.save} submit={submit} onClose={onClose}>
      <Input
        label={words.name}
        value={name}
        maxLength={80}
        hint={words.renameHint}
        error={tried && !name.trim() ? words.needed : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Merges a brand into another that is looked for by its name, once it is said to be meant. */
export function BrandMerge({ brand, onClose }: About): ReactElement {
  const t = useT();
  const words = t.tree.brands;
  const toast = useToast();
  const forget = useForget();
  const [q, setQ] = useState('');
  const [into, setInto] = useState('');
  const [sure, setSure] = useState(false);
  const pages = usePages<AdminBrand>('brands', '/admin/brands', { q: useDeferredValue(q.trim()) });
  const found = pages.data?.pages.flatMap(({ items }) => items).filter(({ slug }) => slug !== brand.slug);
  const other = found?.find(({ slug }) => slug === into);
  const submit = async (): Promise<boolean> => {
    await send('POST', `/admin/brands/${brand.slug}/merge`, { into });
    await forget();
    toast.ok(words.mergeDone);
    return true;
  };
  const choose = (slug: string): void => {
    setInto(slug);
    setSure(false);
  };
  return (
    <FormDialog
      danger
      title={words.mergeTitle(brand.name)}
      action={words.merge}
      ready={other !== undefined && sure}
      submit={submit}
      onClose={onClose}
    >
      <Input
        type="search"
        label={words.mergeFind}
        value={q}
        maxLength={80}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {found?.length === 0 ? (
        <Note role="status">{words.nobody}</Note>
      ) : (
        <Select
          label={words.mergeInto}
          value={other ? into : ''}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{words.choose}</option>
          {found?.map(({ slug, name, products }) => (
            <option key={slug} value={slug}>
              {name} ({products})
            </option>
          ))}
        </Select>
      )}
      {other && (
        <>
          <Note tone="accent">{words.mergeText(brand.name, other.name)}</Note>
          <Checkbox label={words.mergeSure} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}

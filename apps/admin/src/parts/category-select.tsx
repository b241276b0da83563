import type { AdminCategory } from '@um/product';
import { Select } from '@um/ui';
import type { ReactElement } from 'react';
import { useLanguage } from '../state/language.js';
import { inside, setIn } from './tree.js';

/** Chooses a category of the tree, each set in by its depth: any but `except` and what is inside it. An empty value is none. */
export function CategorySelect({
  label,
  none,
  value,
  tree,
  except,
  onChange,
}: {
  label: string;
  /** What stands for none. */
  none: string;
  value: string;
  tree: readonly AdminCategory[];
  except?: string | undefined;
  onChange: (id: string) => void;
}): ReactElement {
  const { locale } = useLanguage();
  const left = except === undefined ? [] : [except, ...inside(except, tree).map(({ id }) => id)];
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{none}</option>
      {tree
        .filter(({ id }) => !left.includes(id))
        .map((one) => (
          <option key={one.id} value={one.id}>
            {setIn(one, locale)}
          </option>
        ))}
    </Select>
  );
}

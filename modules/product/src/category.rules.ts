import type { LocalText } from '@um/kernel';

/** A category as it is given. */
export interface GivenCategory {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: LocalText;
  readonly icon: string | null;
  readonly position: number;
}

/** A category with its way from the root. */
export interface PlacedCategory extends GivenCategory {
  readonly path: readonly string[];
  readonly pathNames: readonly LocalText[];
}

/** Places every category below its parents; null when a parent is missing or a branch bites its own tail. */
export function placed(categories: readonly GivenCategory[]): PlacedCategory[] | null {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const done = new Map<string, PlacedCategory>();
  const place = (category: GivenCategory, below: ReadonlySet<string>): PlacedCategory | null => {
    const known = done.get(category.id);
    if (known) return known;
    if (below.has(category.id)) return null;
    const parent = category.parentId === null ? undefined : byId.get(category.parentId);
    if (category.parentId !== null && !parent) return null;
    const above = parent && place(parent, new Set([...below, category.id]));
    if (above === null) return null;
    const row = {
      ...category,
      path: [...(above?.path ?? []), category.id],
      pathNames: [...(above?.pathNames ?? []), category.name],
    };
    done.set(category.id, row);
    return row;
  };
  const rows = categories.map((category) => place(category, new Set()));
  return rows.every((row) => row !== null) ? rows : null;
}

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

/** What changes in a tree: categories as they shall be, and one that goes into another. */
export interface Reshaping {
  readonly given: readonly GivenCategory[];
  readonly merge?: { readonly id: string; readonly into: string };
}

/** A category whose products leave others: whoever hides one of `of` means what is in `id` from now on, too. */
export interface Follower {
  readonly of: readonly string[];
  readonly id: string;
}

/**
 * The tree after a change, and who follows whom. Null when a parent is missing, a branch bites its own tail, a category is given
 * twice or goes into its own branch.
 */
export function reshaped(
  known: readonly GivenCategory[],
  { given, merge }: Reshaping,
): { tree: readonly PlacedCategory[]; followers: readonly Follower[] } | null {
  const ids = new Set(given.map((category) => category.id));
  const before = placed(known);
  if (ids.size !== given.length || !before || (merge && isBelow(before, merge.into, merge.id))) return null;
  const next = [...known.filter((category) => !ids.has(category.id)), ...given].filter(({ id }) => id !== merge?.id);
  const tree = placed(
    next.map((category) =>
      merge && category.parentId === merge.id ? { ...category, parentId: merge.into } : category,
    ),
  );
  return tree && { tree, followers: followersOf(before, tree, merge) };
}

const isBelow = (tree: readonly PlacedCategory[], id: string, root: string): boolean =>
  tree.some((category) => category.id === id && category.path.includes(root));

/** Only what has another parent: what is below goes along with it, and is hidden with it. */
function followersOf(
  before: readonly PlacedCategory[],
  after: readonly PlacedCategory[],
  merge: Reshaping['merge'],
): Follower[] {
  const places = new Map(after.map((category) => [category.id, category]));
  return before.flatMap((was) => {
    const is = places.get(was.id === merge?.id ? merge.into : was.id);
    if (!is || (is.id === was.id && is.parentId === was.parentId)) return [];
    // What was right below a merged category is below the other one, which follows it already.
    if (merge && was.parentId === merge.id && is.parentId === merge.into) return [];
    const left = was.path.filter((id) => !is.path.includes(id));
    return left.length === 0 ? [] : [{ of: left, id: is.id }];
  });
}

/** True when each of these followers, with all that it follows, is among others. */
export const allAmong = (some: readonly Follower[], others: readonly Follower[]): boolean =>
  some.every(({ of, id }) => of.every((left) => others.some((other) => other.id === id && other.of.includes(left))));

/** Of some categories the one nearest to the root. */
export const topmost = (ids: readonly string[], tree: readonly PlacedCategory[]): string =>
  tree.filter(({ id }) => ids.includes(id)).reduce((top, one) => (one.path.length < top.path.length ? one : top)).id;

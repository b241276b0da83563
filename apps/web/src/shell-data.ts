import type { CategoryView } from '@um/product';
import type { WatchView } from '@um/family';
import type { z } from 'zod';
import type { Api } from './api/api.js';
import { ApiProblem } from './api/api.js';
import type { MenuCategory } from './state/menu.js';
import { isChild, type Viewer } from './state/viewer.js';

type Category = z.infer<typeof CategoryView>;

/** What the frame around every page shows. */
export interface ShellData {
  readonly viewer: Viewer | null;
  readonly menu: readonly MenuCategory[];
  /** The sign of the child's profile, in a child's session. */
  readonly avatar: string | null;
}

/** Who is looking; null for a guest or when the session has ended. Any other failure is passed on: nobody is taken for a guest by mistake. */
export async function loadViewer(api: Api): Promise<Viewer | null> {
  try {
    return await api.get<Viewer>('/me');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

/** Loads what the frame shows. Without departments the page still stands, so their failure empties the menu only. */
export async function loadShell(api: Api, signedIn: boolean): Promise<ShellData> {
  const viewer = signedIn ? await loadViewer(api) : null;
  const [categories, avatar] = await Promise.all([
    api.get<{ items: Category[] }>('/categories').then(
      (answer) => answer.items,
      () => [],
    ),
    isChild(viewer)
      ? api.get<z.infer<typeof WatchView>>('/families/watching').then(
          (watch) => watch.avatar,
          () => null,
        )
      : null,
  ]);
  const menu = categories
    .filter((category) => category.parentId === null)
    .sort((a, b) => a.position - b.position)
    .map(({ id, name, icon }) => ({ id, name, icon }));
  return { viewer, menu, avatar };
}

import type { Me } from '@um/user';
import type { z } from 'zod';

/** The signed-in person as the pages know them. */
export type Viewer = z.infer<typeof Me>;

/** True in a child's session. */
export const isChild = (viewer: Viewer | null): boolean => viewer?.child != null;

/** True when the person also works in the panel. */
export const hasPanel = (viewer: Viewer): boolean =>
  viewer.roles.some((role) => role === 'seller' || role === 'moderator' || role === 'admin');

import {
  IconBadgeCheck,
  IconBanknote,
  IconClipboardList,
  IconFileText,
  IconLayers,
  IconLayoutGrid,
  IconSearch,
  IconHandCoins,
  IconPencil,
  IconSettings,
  IconShieldCheck,
  IconSlidersHorizontal,
  IconStore,
  IconTag,
  IconUpload,
  IconUsersRound,
  IconWarehouse,
  type Icon,
} from '@um/ui';
import type { Dictionary } from '../i18n/index.js';
import { BASE } from '../state/router.js';

export type Role = 'seller' | 'moderator' | 'admin';

/** A section of the panel: who may enter it and what its link is called. */
export interface Section {
  readonly path: string;
  readonly name: keyof Dictionary['nav'];
  readonly icon: Icon;
  readonly roles: readonly Role[];
}

/** In the order of the menu. */
const sections: readonly Section[] = [
  { path: '/orders', name: 'orders', icon: IconClipboardList, roles: ['seller'] },
  { path: '/products', name: 'products', icon: IconTag, roles: ['seller'] },
  { path: '/sales', name: 'sales', icon: IconBanknote, roles: ['seller'] },
  { path: '/changes', name: 'changes', icon: IconPencil, roles: ['seller'] },
  { path: '/imports', name: 'imports', icon: IconUpload, roles: ['seller'] },
  { path: '/stock', name: 'stock', icon: IconWarehouse, roles: ['seller'] },
  { path: '/users', name: 'users', icon: IconUsersRound, roles: ['admin'] },
  { path: '/stores', name: 'stores', icon: IconStore, roles: ['admin'] },
  { path: '/categories', name: 'categories', icon: IconLayoutGrid, roles: ['admin'] },
  { path: '/brands', name: 'brands', icon: IconBadgeCheck, roles: ['admin'] },
  { path: '/attributes', name: 'attributes', icon: IconSlidersHorizontal, roles: ['admin'] },
  { path: '/search', name: 'search', icon: IconSearch, roles: ['admin'] },
  { path: '/review', name: 'review', icon: IconShieldCheck, roles: ['moderator', 'admin'] },
  { path: '/change-queue', name: 'changeQueue', icon: IconPencil, roles: ['moderator', 'admin'] },
  { path: '/groups', name: 'groups', icon: IconHandCoins, roles: ['admin'] },
  { path: '/audit', name: 'audit', icon: IconFileText, roles: ['admin'] },
  { path: '/cache', name: 'cache', icon: IconLayers, roles: ['admin'] },
  { path: '/settings', name: 'settings', icon: IconSettings, roles: ['admin'] },
];

/** What people with these roles find in the menu. */
export const sectionsFor = (roles: readonly string[]): readonly Section[] =>
  sections.filter((section) => section.roles.some((role) => roles.includes(role)));

/** The address of a path of the panel. */
export const href = (path: string): string => `${BASE}${path}`;

/** True when the path lies in the section. */
export const isIn = (path: string, section: Section): boolean =>
  path === section.path || path.startsWith(`${section.path}/`);

/** Address of the drawing of a child's sign. */
export const avatarUrl = (avatar: string): string => `/drawn/avatar-${avatar}.webp`;

/** Address of a category's drawing. */
export const categoryUrl = (icon: string | null): string =>
  `/drawn/${icon && /^[a-z0-9-]+$/.test(icon) ? icon : 'package'}.webp`;

/** Every entry has this tag. */
export const ALL = '*';

export const viewerTag = (viewer: string): string => `viewer:${viewer}`;

/**
 * The key under which a value is kept. No key of everybody, whatever a visitor wrote into it, is the key of a viewer:
 * those begin with `@` and a number.
 */
export function cacheKey(key: string, viewer?: string): string {
  if (viewer !== undefined) return `@${viewer.length}:${viewer} ${key}`;
  return key.startsWith('@') ? `@:${key}` : key;
}

/** Everything that throws an entry away. */
export const tagsOf = (keep: { tags?: readonly string[]; viewer?: string }): string[] => [
  ALL,
  ...(keep.tags ?? []),
  ...(keep.viewer === undefined ? [] : [viewerTag(keep.viewer)]),
];

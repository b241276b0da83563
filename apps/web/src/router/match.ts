/** The named parts of a matched address. */
export type Params = Readonly<Record<string, string>>;

/** Compares a path with a pattern such as `/orders/:id`; answers the named parts, or null. A trailing slash does not matter. */
export function matchPath(pattern: string, path: string): Params | null {
  const wanted = parts(pattern);
  const given = parts(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place]!;
    if (!part.startsWith(':')) {
      if (part !== value) return null;
      continue;
    }
    const decoded = decode(value);
    if (decoded === null) return null;
    params[part.slice(1)] = decoded;
  }
  return params;
}

const parts = (path: string): string[] => path.split('/').filter(Boolean);

/** A hand-typed address may hold a broken escape: that is no match, not a crash. */
function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Sets or removes query parameters and answers the new search, with its `?`, keys in their first order. */
export function withQuery(
  search: string,
  changes: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') query.delete(key);
    else query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

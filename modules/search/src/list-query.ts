const PREFIX = 'attr.';

/** Takes `attr.<code>=…` out of a query, into one field; of a filter given twice any value of either will do. */
export function gathered(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(query);
  const attr = named.filter(([name]) => name.startsWith(PREFIX));
  const rest = Object.fromEntries(named.filter(([name]) => !name.startsWith(PREFIX)));
  if (attr.length === 0) return rest;
  const value = (given: unknown): unknown => (Array.isArray(given) ? given.join(',') : given);
  return { ...rest, attr: Object.fromEntries(attr.map(([name, given]) => [name.slice(PREFIX.length), value(given)])) };
}

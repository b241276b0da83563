/** A category that goes elsewhere, and the categories whose products it takes along. */
export interface Follower {
  readonly of: readonly string[];
  readonly id: string;
}

/** Hidden categories with all that follow them; nothing that was hidden is taken away. Null when nothing is added. */
export function withFollowers(hidden: readonly string[], followers: readonly Follower[]): string[] | null {
  const all = new Set(hidden);
  for (let before = -1; before !== all.size;) {
    before = all.size;
    for (const { of, id } of followers) if (of.some((left) => all.has(left))) all.add(id);
  }
  return all.size === hidden.length ? null : [...all];
}

-- Words that mean the same to shoppers, as the panel says: who looks for one of them finds all.
create table synonym (
  id uuid primary key,
  -- As they were typed, and each folded, in the same order.
  words text[] not null,
  keys text[] not null,
  -- Keys and stems: what a word of a query is compared with.
  finds text[] not null,
  changed_at timestamptz not null
);
create index synonym_finds on synonym using gin (finds) with (fastupdate = off);

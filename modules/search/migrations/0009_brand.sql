-- Brands as the product context names them. `key` is how items name theirs; one that was merged leads to the other.
create table brand (
  slug text primary key,
  key text not null,
  name text not null,
  logo_id uuid,
  store_slug text,
  store_name jsonb,
  merged_into text
);

-- Prices that some accounts are granted: groups of accounts, and price lists of a group.

create table price_group (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,40}$'),
  name jsonb not null,
  created_at timestamptz not null
);

create table group_member (
  group_id uuid not null references price_group,
  account_id uuid not null,
  added_by uuid,
  added_at timestamptz not null,
  primary key (group_id, account_id)
);
-- Whoever looks at a price is looked for here.
create index group_member_account on group_member (account_id, group_id);

-- A list without an end stands until somebody ends it.
create table price_list (
  id uuid primary key,
  group_id uuid not null references price_group,
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  created_at timestamptz not null,
  check (ends_at >= starts_at)
);
create index price_list_group on price_list (group_id, id);

create table list_price (
  list_id uuid not null references price_list,
  variant_id uuid not null references variant,
  min_qty int not null check (min_qty between 1 and 99),
  price_tiyin bigint not null check (price_tiyin > 0),
  primary key (list_id, variant_id, min_qty)
);
create index list_price_variant on list_price (variant_id, list_id);

-- Products that several sellers offer: the listings that compete for the one place on the shelf.

-- A row for each offer, and one for the master's own listing once there is an offer of it. The master's row in `item` shows
-- the winner; the offers' rows there are never listed.
create table offer (
  listing_id uuid primary key,
  master_id uuid not null,
  version bigint not null,
  live boolean not null,
  store_id uuid not null,
  store_slug text not null,
  store_name jsonb not null,
  price_tiyin bigint not null,
  compare_at_tiyin bigint,
  condition text not null,
  delivery_days int not null,
  since_ms bigint not null,
  variant_ids uuid[] not null
);
create index offer_master on offer (master_id);

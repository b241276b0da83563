-- One product, many sellers: a listing that offers what another product (the master) describes.

-- Kept by the seller's own key, so that it is there before the listing itself is written. Who describes a product is the
-- master alone: an offer has a price, stock, condition and delivery time, and nothing else of its own.
create table offer (
  store_id uuid not null references shop,
  external_id text not null,
  master_id uuid not null references product,
  condition text not null check (condition in ('new', 'refurbished', 'used')),
  -- Days from the order to the door.
  delivery_days int not null check (delivery_days between 0 and 60),
  created_at timestamptz not null,
  primary key (store_id, external_id),
  unique (master_id, store_id, condition)
);

-- What is bought together: counted from orders, with nobody's name on them.

-- Products of an order that is placed and not yet paid for or confirmed; gone as soon as it is, or is not.
create table basket (
  order_id uuid primary key,
  product_ids uuid[] not null,
  placed_at timestamptz not null
);
create index basket_by_age on basket (placed_at);

-- In how many orders a product and another one stood.
create table pair (
  product_id uuid not null,
  other_id uuid not null,
  orders int not null,
  primary key (product_id, other_id)
) with (fillfactor = 80);
create index pair_by_orders on pair (product_id, orders, other_id);

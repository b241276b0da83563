-- Units sold that popularity does not know yet. To count each at once would write every index of a product with each order.
create table sold (
  id bigint generated always as identity primary key,
  product_id uuid not null,
  units int not null check (units > 0)
);

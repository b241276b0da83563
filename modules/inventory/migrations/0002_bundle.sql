-- What is made of other variants: it has no units of its own, there are as many as its parts allow.

-- `version` grows whenever one of its parts moves; whoever moves one holds this row, after the rows of stock.
create table bundle (
  variant_id uuid primary key,
  product_id uuid not null,
  version bigint not null
);
create table bundle_part (
  variant_id uuid not null references bundle,
  part_id uuid not null,
  qty int not null check (qty > 0),
  primary key (variant_id, part_id)
);
create index bundle_part_of on bundle_part (part_id);

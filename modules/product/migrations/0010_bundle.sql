-- Variants that are made of other variants of the same store.

-- What is made of others has no stock of its own: there are as many as its parts allow.
create table bundle_part (
  variant_id uuid not null references variant,
  part_id uuid not null references variant,
  qty int not null check (qty between 1 and 99),
  position int not null,
  primary key (variant_id, part_id),
  check (variant_id <> part_id)
);
create index bundle_part_of on bundle_part (part_id);

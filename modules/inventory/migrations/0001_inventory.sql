-- Units on shelves, held for orders, and the journal of everything that came and went.

create table location (
  id uuid primary key,
  store_id uuid not null,
  name text not null,
  position int not null default 0,
  created_at timestamptz not null,
  unique (store_id, position)
);

-- `version` grows whenever the number of available units changes.
create table stock (
  variant_id uuid not null,
  location_id uuid not null references location,
  product_id uuid not null,
  store_id uuid not null,
  on_hand int not null,
  reserved int not null default 0,
  version bigint not null default 1,
  changed_at timestamptz not null,
  primary key (variant_id, location_id),
  constraint stock_not_oversold check (on_hand >= reserved and reserved >= 0)
) with (fillfactor = 80);
create index stock_of_store on stock (store_id, variant_id);

create table reservation (
  order_id uuid primary key,
  state text not null check (state in ('held', 'committed', 'released', 'expired')),
  expires_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index reservation_due on reservation (expires_at) where state = 'held';

create table reservation_line (
  order_id uuid not null references reservation,
  variant_id uuid not null,
  location_id uuid not null,
  qty int not null check (qty > 0),
  primary key (order_id, variant_id, location_id),
  foreign key (variant_id, location_id) references stock
);
create index reservation_line_of_stock on reservation_line (variant_id, location_id);

-- Every change of `on_hand`, so that what was received less what was sold is what is left (I2).
create table movement (
  seq bigint generated always as identity primary key,
  variant_id uuid not null,
  location_id uuid not null,
  kind text not null check (kind in ('declared', 'counted', 'sold', 'returned')),
  qty int not null check (qty <> 0),
  order_id uuid,
  by_account uuid,
  reason text,
  at timestamptz not null,
  check ((kind in ('sold', 'returned')) = (order_id is not null)),
  foreign key (variant_id, location_id) references stock
);
create index movement_of_stock on movement (variant_id, location_id, at);
create unique index movement_once on movement (order_id, variant_id, location_id, kind) where order_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: its rows are kept as they were written', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger movement_kept before update or delete on movement for each row execute function refuse_change();

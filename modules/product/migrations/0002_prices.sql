-- What things cost over time: every base price that was ever asked, and sales with their first and last moment.

-- A base price stands from `since` until the next one. What a shopper pays at a moment follows from these rows and the sales.
create table base_price (
  variant_id uuid not null references variant,
  since timestamptz not null,
  price_tiyin bigint not null check (price_tiyin > 0),
  -- The earlier price the seller claims; shown only as far as this history proves it.
  compare_at_tiyin bigint,
  primary key (variant_id, since)
);
insert into base_price (variant_id, since, price_tiyin, compare_at_tiyin)
  select v.id, p.changed_at, v.price_tiyin, v.compare_at_tiyin from variant v join product p on p.id = v.product_id;

-- Sales of one variant never overlap: whoever plans one holds the store's row.
create table sale (
  id uuid primary key,
  variant_id uuid not null references variant,
  store_id uuid not null references shop,
  price_tiyin bigint not null check (price_tiyin > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  planned_by uuid,
  planned_at timestamptz not null,
  check (ends_at > starts_at)
);
create index sale_of_variant on sale (variant_id, starts_at);
create index sale_of_store on sale (store_id, id desc);

-- Moments at which a product costs something else than just before: it is told anew then.
create table price_moment (
  product_id uuid not null references product,
  at timestamptz not null,
  primary key (product_id, at)
);
create index price_moment_at on price_moment (at);

-- A claimed earlier price is believed for thirty days.
insert into price_moment (product_id, at)
  select distinct p.id, p.changed_at + interval '30 days' from product p join variant v on v.product_id = p.id where v.compare_at_tiyin is not null;

-- A price that changes leaves its mark, whoever writes it. The moment is the product's `changed_at`, and never before the last mark.
create function keep_price_marks(marks base_price[]) returns void language sql as $$
  insert into base_price (variant_id, since, price_tiyin, compare_at_tiyin)
    select m.variant_id, greatest(m.since, (select max(b.since) + interval '1 millisecond' from base_price b where b.variant_id = m.variant_id)), m.price_tiyin, m.compare_at_tiyin
    from unnest(marks) m;
  insert into price_moment (product_id, at)
    select distinct v.product_id, m.since + interval '30 days' from unnest(marks) m join variant v on v.id = m.variant_id where m.compare_at_tiyin is not null
    on conflict do nothing;
$$;

create function keep_new_prices() returns trigger language plpgsql as $$
begin
  perform keep_price_marks(array(
    select row(f.id, p.changed_at, f.price_tiyin, f.compare_at_tiyin)::base_price from fresh f join product p on p.id = f.product_id));
  return null;
end $$;
create trigger variant_price_new after insert on variant
  referencing new table as fresh for each statement execute function keep_new_prices();

create function keep_changed_prices() returns trigger language plpgsql as $$
begin
  perform keep_price_marks(array(
    select row(f.id, p.changed_at, f.price_tiyin, f.compare_at_tiyin)::base_price
    from fresh f join stale s on s.id = f.id join product p on p.id = f.product_id
    where (f.price_tiyin, f.compare_at_tiyin) is distinct from (s.price_tiyin, s.compare_at_tiyin)));
  return null;
end $$;
create trigger variant_price_changed after update on variant
  referencing old table as stale new table as fresh for each statement execute function keep_changed_prices();

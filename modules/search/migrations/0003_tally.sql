-- How many products stand where, kept with every change of a product: counts beside a list are read, not counted.

-- Lists read a few dozen rows from all over the table: on the disks of today that costs no more than one after the other.
alter role current_user set random_page_cost = 1.1;

-- A scope is the whole shop (''), a category ('c:' and its id), a store ('s:') or a brand ('b:'). Facet 0 is everything in it,
-- 1 by the category right below, 2 by brand. Counts are kept by what decides who may see a product: coarse rows by the age it
-- asks for, fine rows by its hazards and its highest age, too. Whoever may not see a product does not count it.
create table tally (
  scope text collate "C" not null,
  facet smallint not null,
  fine boolean not null,
  value text collate "C" not null,
  needed_months int not null,
  -- 100000 for a product without one, and in coarse rows.
  age_max_months int not null,
  hazards text[] not null,
  n bigint not null,
  primary key (scope, facet, fine, value, needed_months, age_max_months, hazards)
) with (fillfactor = 80);

-- Brands of a scope by all their products: nobody may see more of a brand than these, so few of them have to be counted for a viewer.
create table brand_rank (
  scope text collate "C" not null,
  brand text collate "C" not null,
  n bigint not null,
  primary key (scope, brand)
) with (fillfactor = 80);
create index brand_rank_by_n on brand_rank (scope, n, brand);

-- What of a product is counted, and whether it comes (1) or goes (-1).
create type tallied as (
  category_path text[],
  store_slug text,
  brand text,
  brand_key text,
  needed_months int,
  age_max_months int,
  hazards text[],
  sign int
);

-- Where a product is counted.
create function cells_of(category_path text[], store_slug text, brand text, brand_key text)
returns table (scope text, facet smallint, value text) language sql immutable as $$
  select s.scope, f.facet::smallint, f.value
  from (
    select '' as scope, category_path[1] as child, true as by_brand
    union all select 'c:' || c, category_path[place + 1], true from unnest(category_path) with ordinality as u(c, place)
    union all select 's:' || store_slug, category_path[1], true
    union all select 'b:' || brand_key, category_path[1], false where brand_key is not null
  ) s cross join lateral (
    select 0 as facet, '' as value
    union all select 1, s.child where s.child is not null
    union all select 2, brand where s.by_brand and brand is not null
  ) f
$$;

-- Counts changes. One writer at a time, who has locked its products before: nobody waits in a circle.
create function put_tally(changes tallied[]) returns void language plpgsql as $$
begin
  if changes is null then
    return;
  end if;
  perform pg_advisory_xact_lock('tally'::regclass::oid::bigint);
  with cells as materialized (
    select c.scope, c.facet, c.value, i.needed_months, coalesce(i.age_max_months, 100000) as age_max_months, i.hazards, sum(i.sign) as n
    from unnest(changes) i cross join lateral cells_of(i.category_path, i.store_slug, i.brand, i.brand_key) c
    group by 1, 2, 3, 4, 5, 6 having sum(i.sign) <> 0
  ), ranks as (
    insert into brand_rank as t (scope, brand, n)
      select scope, value, sum(n) from cells where facet = 2 group by 1, 2 having sum(n) <> 0
    on conflict (scope, brand) do update set n = t.n + excluded.n
  )
  insert into tally as t (scope, facet, fine, value, needed_months, age_max_months, hazards, n)
    select scope, facet, true, value, needed_months, age_max_months, hazards, n from cells
    union all
    select scope, facet, false, value, needed_months, 100000, '{}', sum(n) from cells group by 1, 2, 4, 5 having sum(n) <> 0
  on conflict (scope, facet, fine, value, needed_months, age_max_months, hazards) do update set n = t.n + excluded.n;
end $$;

-- Where kept counts are not those of the products, and by how much: all of one moment.
create function tally_off() returns setof tally language sql set work_mem = '128MB' as $$
  with counted as (
    select c.scope, c.facet, c.value, i.needed_months, coalesce(i.age_max_months, 100000) as age_max_months, i.hazards, count(*) as n
    from item i cross join lateral cells_of(i.category_path, i.store_slug, i.brand, i.brand_key) c
    where i.listed group by 1, 2, 3, 4, 5, 6
  ), expected as (
    select scope, facet, true as fine, value, needed_months, age_max_months, hazards, n from counted
    union all
    select scope, facet, false, value, needed_months, 100000, '{}', sum(n) from counted group by 1, 2, 4, 5
  )
  select scope, facet, fine, value, needed_months, age_max_months, hazards, coalesce(e.n, 0) - coalesce(t.n, 0)
  from expected e full join tally t using (scope, facet, fine, value, needed_months, age_max_months, hazards)
  where coalesce(e.n, 0) <> coalesce(t.n, 0)
$$;
create function brand_rank_off() returns setof brand_rank language sql as $$
  select scope, brand, coalesce(e.n, 0) - coalesce(r.n, 0)
  from (select scope, value as brand, sum(n) as n from tally where facet = 2 and not fine group by 1, 2) e full join brand_rank r using (scope, brand)
  where coalesce(e.n, 0) <> coalesce(r.n, 0)
$$;

-- Puts wrong counts right. What changes meanwhile is added to the same rows before or after, which comes to the same.
create function mend_tally() returns void language plpgsql as $$
begin
  create temporary table off on commit drop as select * from tally_off();
  perform pg_advisory_xact_lock('tally'::regclass::oid::bigint);
  insert into tally as t select * from off
    on conflict (scope, facet, fine, value, needed_months, age_max_months, hazards) do update set n = t.n + excluded.n;
  insert into brand_rank as r select * from brand_rank_off() on conflict (scope, brand) do update set n = r.n + excluded.n;
end $$;

create function count_items() returns trigger language plpgsql as $$
declare
  changes tallied[];
begin
  if tg_op = 'INSERT' then
    select array_agg((n.category_path, n.store_slug, n.brand, n.brand_key, n.needed_months, n.age_max_months, n.hazards, 1)::tallied)
      into changes from new_items n where n.listed;
  elsif tg_op = 'DELETE' then
    select array_agg((o.category_path, o.store_slug, o.brand, o.brand_key, o.needed_months, o.age_max_months, o.hazards, -1)::tallied)
      into changes from old_items o where o.listed;
  else
    select array_agg(s.change) into changes
    from old_items o join new_items n using (product_id)
    cross join lateral (values
      (o.listed, (o.category_path, o.store_slug, o.brand, o.brand_key, o.needed_months, o.age_max_months, o.hazards, -1)::tallied),
      (n.listed, (n.category_path, n.store_slug, n.brand, n.brand_key, n.needed_months, n.age_max_months, n.hazards, 1)::tallied)) as s(counted, change)
    where s.counted and (o.listed, o.category_path, o.store_slug, o.brand, o.brand_key, o.needed_months, o.age_max_months, o.hazards)
      is distinct from (n.listed, n.category_path, n.store_slug, n.brand, n.brand_key, n.needed_months, n.age_max_months, n.hazards);
  end if;
  perform put_tally(changes);
  return null;
end $$;
create trigger item_comes after insert on item referencing new table as new_items for each statement execute function count_items();
create trigger item_goes after delete on item referencing old table as old_items for each statement execute function count_items();
create trigger item_changes after update on item referencing old table as old_items new table as new_items for each statement execute function count_items();

-- Products that stood here before.
select mend_tally();

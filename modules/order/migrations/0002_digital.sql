-- What is downloaded: frozen with its line, given out once the order is paid, and never delivered.

-- An order of what is downloaded alone is sent nowhere.
alter table orders alter column address drop not null;
-- The document as it was when the order was placed.
alter table line add column digital jsonb;
create index line_digital on line (product_id) where digital is not null;
-- Everything in it is downloaded: its seller has nothing to pack.
alter table seller_order add column digital boolean not null default false;
create index seller_order_not_given on seller_order (opened_at) where digital and state = 'new';

-- Lines that were given out: from then on the buyer has them.
create table given_out (
  line_id uuid primary key references line,
  order_id uuid not null references orders,
  by text not null check (by in ('buyer', 'child')),
  actor uuid,
  at timestamptz not null
);
create index given_out_of on given_out (order_id);
create trigger given_out_fixed before update or delete on given_out for each row execute function never_changes();

create or replace function seller_order_guard() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'new' and new.state in ('accepted', 'cancelled')) or
    (old.state = 'new' and new.state = 'delivered' and old.digital) or
    (old.state = 'accepted' and new.state in ('packed', 'cancelled')) or
    (old.state = 'packed' and new.state in ('shipped', 'cancelled')) or
    (old.state = 'shipped' and new.state = 'delivered') or
    (old.state = 'delivered' and new.state = 'returned')
  ) then
    raise exception 'seller order % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (to_jsonb(old) - '{state,changed_at,opened_at}'::text[]) <> (to_jsonb(new) - '{state,changed_at,opened_at}'::text[]) then
    raise exception 'seller order % is frozen', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

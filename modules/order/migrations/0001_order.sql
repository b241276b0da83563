-- Orders, seller orders, lines and their history.

-- The id of an order is decided before anything is held for it: a repeated request goes on with the same order.
create table placement (
  owner text not null,
  key text not null,
  order_id uuid not null unique,
  n bigint generated always as identity,
  -- What came of it: the cart whose units an order takes out, or the ask of a child.
  cart_id uuid,
  approval_id uuid,
  created_at timestamptz not null,
  primary key (owner, key)
);
create index placement_old on placement (created_at);

create table orders (
  id uuid primary key,
  number text not null unique,
  buyer_id uuid,
  guest_id uuid,
  child_id uuid,
  family_id uuid,
  approval_id uuid unique,
  -- What the parent approved (I6).
  snapshot_hash text,
  state text not null check (state in ('pending_payment', 'paid', 'confirmed', 'completed', 'cancelled', 'expired')),
  payment text not null check (payment in ('sandbox', 'cash')),
  goods bigint not null check (goods >= 0),
  discount bigint not null check (discount >= 0),
  delivery bigint not null check (delivery >= 0),
  vat bigint not null check (vat >= 0),
  total bigint not null check (total > 0),
  address jsonb not null,
  email text,
  pay_until timestamptz,
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  check (total = goods - discount + delivery),
  check ((buyer_id is null) <> (guest_id is null)),
  check ((child_id is null) = (approval_id is null) and (child_id is null) = (snapshot_hash is null) and (child_id is null) = (family_id is null)),
  check (state <> 'pending_payment' or pay_until is not null)
);
create index orders_buyer on orders (buyer_id, id desc) where buyer_id is not null;
create index orders_guest on orders (guest_id, id desc) where guest_id is not null;
create index orders_family on orders (family_id, id desc) where family_id is not null;
create index orders_child on orders (child_id, id desc) where child_id is not null;
create index orders_unpaid on orders (pay_until) where state = 'pending_payment';

create table seller_order (
  id uuid primary key,
  order_id uuid not null references orders,
  n smallint not null,
  number text not null unique,
  store_id uuid not null,
  store_name jsonb not null,
  state text not null check (state in ('new', 'accepted', 'packed', 'shipped', 'delivered', 'cancelled', 'returned')),
  goods bigint not null check (goods >= 0),
  commission bigint not null check (commission >= 0 and commission <= goods),
  commission_bp int not null check (commission_bp between 0 and 10000),
  -- When the seller may start: paid, or confirmed with cash. Before that the seller does not see it.
  opened_at timestamptz,
  changed_at timestamptz not null,
  unique (order_id, n),
  unique (order_id, store_id)
);
create index seller_order_store on seller_order (store_id, id desc) where opened_at is not null;
create index seller_order_state on seller_order (store_id, state, id desc) where opened_at is not null;

create table line (
  id uuid primary key,
  order_id uuid not null references orders,
  seller_order_id uuid not null references seller_order,
  n smallint not null,
  variant_id uuid not null,
  product_id uuid not null,
  slug text not null,
  title jsonb not null,
  variant_label jsonb not null,
  picture_id uuid,
  sku text not null,
  mxik text,
  qty int not null check (qty > 0),
  unit_price bigint not null check (unit_price >= 0),
  line_total bigint not null check (line_total = unit_price * qty),
  vat_rate int not null,
  vat bigint not null check (vat >= 0 and vat <= line_total),
  commission bigint not null check (commission >= 0 and commission <= line_total),
  unique (order_id, n)
);
create index line_seller_order on line (seller_order_id, n);
create index line_product on line (product_id, order_id);

create table history (
  id uuid primary key,
  order_id uuid not null references orders,
  seller_order_id uuid references seller_order,
  from_state text,
  to_state text not null,
  by text not null check (by in ('buyer', 'seller', 'platform', 'child')),
  actor uuid,
  at timestamptz not null
);
create index history_of on history (order_id, at, id);

-- Only the allowed moves, whatever code asks for, and what was agreed stays as it was (I10).
create function order_guard() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'pending_payment' and new.state in ('paid', 'cancelled', 'expired')) or
    (old.state in ('paid', 'confirmed') and new.state in ('completed', 'cancelled'))
  ) then
    raise exception 'order % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (to_jsonb(old) - '{state,changed_at}'::text[]) <> (to_jsonb(new) - '{state,changed_at}'::text[]) then
    raise exception 'order % is frozen', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger order_guard before update on orders for each row execute function order_guard();

create function seller_order_guard() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'new' and new.state in ('accepted', 'cancelled')) or
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
create trigger seller_order_guard before update on seller_order for each row execute function seller_order_guard();

create function never_changes() returns trigger language plpgsql as $$
begin
  raise exception '% rows never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger line_fixed before update or delete on line for each row execute function never_changes();
create trigger history_fixed before update or delete on history for each row execute function never_changes();
create trigger orders_kept before delete on orders for each row execute function never_changes();
create trigger seller_order_kept before delete on seller_order for each row execute function never_changes();

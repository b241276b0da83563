-- Carts of accounts and of guests.

create table cart (
  id uuid primary key,
  -- An account (a child's too) or the id inside a guest's signed token.
  owner uuid not null unique,
  guest boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- When the cart was reported as left behind; cleared by the next change.
  abandoned_at timestamptz
);
create index cart_idle on cart (changed_at) where abandoned_at is null;
create index cart_old_guest on cart (changed_at) where guest;

create table line (
  id uuid primary key,
  cart_id uuid not null references cart on delete cascade,
  variant_id uuid not null,
  qty int not null check (qty between 1 and 99),
  -- What one unit cost when it was added, in tiyin.
  price bigint not null check (price >= 0),
  added_at timestamptz not null,
  unique (cart_id, variant_id)
);

-- A cart holds 60 lines, counted by the database: adding locks the cart's row first, so parallel requests cannot pass it together.
create function line_room() returns trigger language plpgsql as $$
begin
  if (select count(*) from line where cart_id = new.cart_id) > 60 then
    raise exception 'cart % is full', new.cart_id using errcode = 'program_limit_exceeded';
  end if;
  return null;
end $$;
create trigger line_room after insert on line for each row execute function line_room();

-- Units of one order or ask leave the cart once, however often that is asked for.
create table taken (
  key text primary key,
  at timestamptz not null
);
create index taken_at on taken (at);

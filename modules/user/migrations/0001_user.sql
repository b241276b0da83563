-- What people choose for themselves, and where things are delivered to them.

create table profile (
  account_id uuid primary key,
  locale text check (locale in ('uz', 'uz-Cyrl', 'ru', 'en')),
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  created_at timestamptz not null,
  changed_at timestamptz not null
);

create table address (
  id uuid primary key,
  account_id uuid not null references profile,
  name text not null,
  phone text not null,
  region text not null,
  city text not null,
  line text not null,
  note text,
  is_default boolean not null,
  created_at timestamptz not null
);
create index address_account on address (account_id, created_at desc);
-- Whatever the code does, a person has one default address at most.
create unique index address_one_default on address (account_id) where is_default;

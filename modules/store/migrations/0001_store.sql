-- Stores, who works for them, and on what terms they sell.

create table store (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name jsonb not null,
  description jsonb not null,
  city jsonb not null,
  state text not null check (state in ('pending', 'verified', 'suspended')),
  created_at timestamptz not null
);
create index store_state on store (state, id desc);

create table member (
  store_id uuid not null references store,
  account_id uuid not null,
  role text not null check (role in ('owner', 'staff')),
  created_at timestamptz not null,
  primary key (store_id, account_id)
);
create index member_account on member (account_id);

-- The commission in force at a time is the newest row that is valid by then. Rows are never changed: what was agreed stays readable.
create table commission_term (
  id uuid primary key,
  store_id uuid not null references store,
  valid_from timestamptz not null,
  basis_points int not null check (basis_points between 0 and 5000),
  decided_by uuid,
  decided_at timestamptz not null
);
create index commission_term_in_force on commission_term (store_id, valid_from desc, id desc);

create table store_history (
  id uuid primary key,
  store_id uuid not null references store,
  from_state text,
  to_state text not null,
  by_account uuid,
  reason text,
  at timestamptz not null
);
create index store_history_of on store_history (store_id, at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: its rows are kept as they were written', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger commission_term_kept before update or delete on commission_term for each row execute function refuse_change();
create trigger store_history_kept before update or delete on store_history for each row execute function refuse_change();

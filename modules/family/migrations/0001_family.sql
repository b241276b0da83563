-- Families, guardians, children, consent, policies, limits, spend holds and asks.

create table family (
  id uuid primary key,
  time_zone text not null default 'Asia/Tashkent',
  created_at timestamptz not null
);

create table guardian (
  account_id uuid primary key,
  family_id uuid not null references family,
  role text not null check (role in ('owner', 'co_guardian')),
  name text not null,
  created_at timestamptz not null
);
create index guardian_family on guardian (family_id);

create table child (
  id uuid primary key,
  family_id uuid not null references family,
  nickname text not null,
  birth_date date not null,
  avatar text not null,
  policy jsonb not null,
  policy_version int not null default 1,
  day_limit bigint check (day_limit >= 0),
  week_limit bigint check (week_limit >= 0),
  month_limit bigint check (month_limit >= 0),
  created_at timestamptz not null
);
create index child_family on child (family_id, created_at);

-- Append only: the newest row of a purpose is its state (CON: versions, methods, withdrawal).
create table consent (
  id uuid primary key,
  child_id uuid not null references child,
  purpose text not null,
  version text not null,
  state text not null check (state in ('active', 'withdrawn')),
  method text not null,
  given_by uuid not null,
  at timestamptz not null
);
create index consent_child on consent (child_id, purpose, at desc);

create table approval (
  id uuid primary key,
  family_id uuid not null references family,
  child_id uuid not null references child,
  state text not null,
  version int not null default 1,
  snapshot jsonb not null,
  snapshot_hash text not null,
  total bigint not null check (total > 0),
  note text,
  reason text,
  address jsonb,
  payment text,
  decided_by uuid,
  decided_at timestamptz,
  order_id uuid unique,
  asked_at timestamptz not null,
  expires_at timestamptz not null
);
create index approval_family on approval (family_id, asked_at desc, id desc);
create index approval_child on approval (child_id, asked_at desc, id desc);
create index approval_open on approval (state, expires_at) where state in ('pending', 'approved');
create unique index approval_equal_pending on approval (child_id, snapshot_hash) where state = 'pending';

-- Only the edges of child-safety 3.2, whatever code asks for (APP-01).
create function approval_edge() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'pending' and new.state in ('approved', 'denied', 'cancelled', 'expired', 'changed')) or
    (old.state = 'approved' and new.state in ('ordering', 'changed', 'revoked', 'lapsed')) or
    (old.state = 'ordering' and new.state in ('ordered', 'payment_failed', 'changed', 'lapsed'))
  ) then
    raise exception 'approval % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_edge before update on approval for each row execute function approval_edge();

create table approval_history (
  id uuid primary key,
  approval_id uuid not null references approval,
  from_state text,
  to_state text not null,
  by_account uuid,
  at timestamptz not null
);
create index approval_history_of on approval_history (approval_id, at);

-- Spending per child and window; changed only together with a hold (LIM-01 to LIM-05).
create table limit_counter (
  child_id uuid not null references child,
  window_kind text not null check (window_kind in ('day', 'week', 'month')),
  window_key text not null,
  reserved bigint not null default 0 check (reserved >= 0),
  settled bigint not null default 0 check (settled >= 0),
  primary key (child_id, window_kind, window_key)
);

create table spend_hold (
  approval_id uuid primary key references approval,
  child_id uuid not null references child,
  amount bigint not null check (amount > 0),
  settled_amount bigint not null default 0 check (settled_amount >= 0),
  state text not null check (state in ('held', 'settled', 'released')),
  day_key text not null,
  week_key text not null,
  month_key text not null,
  -- What was in force when the money was held (I4).
  day_limit bigint,
  week_limit bigint,
  month_limit bigint,
  at timestamptz not null
);
create index spend_hold_child on spend_hold (child_id);

create table activity (
  id uuid primary key,
  child_id uuid not null references child,
  kind text not null,
  detail jsonb not null,
  at timestamptz not null
);
create index activity_child on activity (child_id, at desc, id desc);

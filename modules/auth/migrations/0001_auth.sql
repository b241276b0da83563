-- Accounts, their secrets, the devices they sit at, and their sessions.

create table account (
  id uuid primary key,
  kind text not null check (kind in ('adult', 'child')),
  name text not null,
  email text,
  -- argon2id of an adult's password or a child's PIN.
  secret_hash text not null,
  roles text[] not null check (roles <@ array['child', 'parent', 'seller', 'moderator', 'admin'] and cardinality(roles) > 0),
  family_id uuid,
  avatar text,
  blocked_at timestamptz,
  created_at timestamptz not null,
  -- A child holds the role of a child and no other, belongs to a family and needs no e-mail.
  check ((kind = 'child') = ('child' = any (roles))),
  check (kind = 'adult' or (cardinality(roles) = 1 and family_id is not null and avatar is not null and email is null)),
  check (kind = 'child' or email is not null)
);
create unique index account_email on account (email);
create index account_email_prefix on account (email text_pattern_ops);
create index account_name_prefix on account (lower(name) text_pattern_ops);
create index account_roles on account using gin (roles);
create index account_children on account (family_id, created_at) where kind = 'child';

-- A browser that an adult of the family has used: children may sign in there.
create table device (
  id uuid primary key,
  family_id uuid,
  created_at timestamptz not null,
  paired_at timestamptz
);

create table session (
  id uuid primary key,
  -- sha256 of the token: what is stored cannot be used to sign in.
  token_hash bytea not null unique,
  account_id uuid not null references account on delete cascade,
  device_id uuid not null references device,
  label text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  stepped_up_at timestamptz
);
create index session_account on session (account_id, last_seen_at desc);
create index session_device on session (device_id);
create index session_expiry on session (expires_at);

-- Tries to prove who one is, counted per account and place. Scopes are hashes: unknown e-mails are counted like known ones.
create table attempt (
  scope text primary key,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index attempt_last on attempt (last_at);

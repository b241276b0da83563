-- Settings that differ from their defaults, and every value they ever had.

create table setting (
  key text primary key,
  value jsonb not null,
  version int not null check (version > 0),
  changed_by uuid,
  changed_at timestamptz not null
);

create table setting_history (
  key text not null,
  version int not null,
  value jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (key, version)
);

-- Tables the kernel keeps in every context's schema.

-- Facts and jobs written in the transaction that made them true. `seq` follows the order of inserts, not of commits:
-- the order per aggregate is exact because a writer holds its aggregate's row lock before it records.
create table outbox (
  id         uuid primary key,
  seq        bigint generated always as identity,
  name       text not null,
  aggregate  text not null,
  payload    jsonb not null,
  ctx        jsonb not null,
  kind       text not null default 'event' check (kind in ('event', 'job')),
  state      text not null default 'pending' check (state in ('pending', 'parked', 'done')),
  attempts   integer not null default 0 check (attempts >= 0),
  next_at    timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  done_at    timestamptz,
  check ((state = 'done') = (done_at is not null))
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
-- What is due now; a row leaves this index when it is delivered, so the index stays as small as the backlog.
create index outbox_due on outbox (next_at, seq) where state = 'pending';
-- Is an earlier fact of the same aggregate still waiting?
create index outbox_order on outbox (aggregate, seq) where state = 'pending';
-- What a person has to look at.
create index outbox_parked on outbox (seq) where state = 'parked';
-- What may be trimmed.
create index outbox_done on outbox (done_at) where state = 'done';

-- One row per event and subscriber: delivered at least once, in effect once.
create table inbox (
  event_id   uuid not null,
  subscriber text not null,
  handled_at timestamptz not null default now(),
  primary key (event_id, subscriber)
);
create index inbox_handled on inbox (handled_at);

-- The answer given to a repeated request. `status` is null while the first one still runs, until `locked_until`.
create table idempotency (
  actor        text not null,
  key          text not null,
  fingerprint  text not null,
  status       integer,
  response     jsonb,
  locked_until timestamptz not null,
  created_at   timestamptz not null default now(),
  primary key (actor, key)
);
create index idempotency_created on idempotency (created_at);

-- Changes that sellers ask for in what they share: nobody rewrites a product that others sell, too.

create table change_request (
  id uuid primary key,
  product_id uuid not null references product,
  store_id uuid not null references shop,
  asked_by uuid,
  -- What it should say, field by field, and what it said when this was asked.
  changes jsonb not null,
  before jsonb not null,
  note text,
  state text not null check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  asked_at timestamptz not null,
  check ((state = 'waiting') = (decided_at is null))
);
-- A store has one request for a product at a time; asking again asks for something else instead.
create unique index change_request_waiting on change_request (product_id, store_id) where state = 'waiting';
create index change_request_queue on change_request (state, id);
create index change_request_of_store on change_request (store_id, id desc);

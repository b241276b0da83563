-- Payments, provider transactions, refunds and the double-entry ledger.

create table payment (
  id uuid primary key,
  -- One payment an order; a declined attempt is followed by another transaction of the same payment.
  order_id uuid not null unique,
  payer_id uuid,
  method text not null check (method in ('sandbox', 'cash')),
  state text not null check (state in ('created', 'pending', 'succeeded', 'failed', 'expired', 'cancelled', 'partially_refunded', 'refunded')),
  amount bigint not null check (amount >= 0),
  delivery bigint not null check (delivery >= 0),
  refunded bigint not null default 0 check (refunded >= 0 and refunded <= amount),
  return_path text not null,
  description text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check ((state = 'refunded') = (refunded = amount and refunded > 0)),
  check (refunded = 0 or state in ('partially_refunded', 'refunded'))
);

-- Only the allowed moves, whatever code asks for.
create function payment_edge() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (
    (old.state = 'created' and new.state in ('pending', 'cancelled')) or
    (old.state = 'pending' and new.state in ('succeeded', 'failed', 'expired', 'cancelled')) or
    (old.state = 'failed' and new.state in ('pending', 'expired', 'cancelled')) or
    (old.state = 'succeeded' and new.state in ('partially_refunded', 'refunded')) or
    (old.state = 'partially_refunded' and new.state = 'refunded')
  ) then
    raise exception 'payment % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger payment_edge before update on payment for each row execute function payment_edge();

create table payment_history (
  id uuid primary key,
  payment_id uuid not null references payment,
  from_state text,
  to_state text not null,
  reason text,
  at timestamptz not null
);
create index payment_history_of on payment_history (payment_id, at);

-- What each seller gets of a payment, frozen when the order was placed.
create table share (
  payment_id uuid not null references payment,
  store_id uuid not null,
  gross bigint not null check (gross >= 0),
  commission bigint not null check (commission >= 0 and commission <= gross),
  cancelled_at timestamptz,
  primary key (payment_id, store_id)
);

-- One attempt at a provider. At most one is open.
create table transaction (
  id uuid primary key,
  payment_id uuid not null references payment,
  provider text not null,
  state text not null check (state in ('open', 'paid', 'declined', 'closed')),
  amount bigint not null check (amount > 0),
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'open') = (ended_at is null))
);
create unique index transaction_open on transaction (payment_id) where state = 'open';
create index transaction_of on transaction (payment_id);

-- What providers told us, each once, with what came of it.
create table provider_event (
  provider text not null,
  external_id text not null,
  kind text not null check (kind in ('paid', 'declined')),
  transaction_id uuid not null references transaction,
  amount bigint not null,
  outcome text not null check (outcome in ('accepted', 'late', 'declined', 'ignored', 'wrong_amount')),
  at timestamptz not null,
  primary key (provider, external_id, kind)
);
create index provider_event_of on provider_event (transaction_id);

create table refund (
  id uuid primary key,
  payment_id uuid not null references payment,
  kind text not null check (kind in ('full', 'share', 'late')),
  store_id uuid,
  external_id text,
  amount bigint not null check (amount > 0),
  reason text not null,
  at timestamptz not null,
  check ((kind = 'share') = (store_id is not null)),
  check ((kind = 'late') = (external_id is not null))
);
create unique index refund_full on refund (payment_id) where kind = 'full';
create unique index refund_share on refund (payment_id, store_id) where kind = 'share';
create unique index refund_late on refund (payment_id, external_id) where kind = 'late';

-- The ledger. Positive amounts are debits. An entry is written whole, balances, and never changes.
create table ledger_entry (
  id uuid primary key,
  kind text not null check (kind in ('payment', 'sale', 'sale_reversal', 'refund')),
  payment_id uuid not null references payment,
  order_id uuid not null,
  at timestamptz not null,
  written_by xid8 not null default pg_current_xact_id()
);
create index ledger_entry_of on ledger_entry (payment_id);
-- Money for one order is earned once (I5).
create unique index ledger_one_sale on ledger_entry (payment_id) where kind = 'sale';

create table ledger_posting (
  entry_id uuid not null references ledger_entry,
  n int not null,
  account text not null check (account ~ '^(provider:[a-z]+|buyer|seller:[0-9a-f-]{36}|platform:(commission|delivery))$'),
  amount bigint not null check (amount <> 0),
  primary key (entry_id, n)
);
create index ledger_posting_account on ledger_posting (account);

create function ledger_never_changes() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append only' using errcode = 'restrict_violation';
end $$;
create trigger ledger_entry_fixed before update or delete on ledger_entry for each row execute function ledger_never_changes();
create trigger ledger_posting_fixed before update or delete on ledger_posting for each row execute function ledger_never_changes();
create trigger ledger_entry_kept before truncate on ledger_entry execute function ledger_never_changes();
create trigger ledger_posting_kept before truncate on ledger_posting execute function ledger_never_changes();

-- A posting belongs to the transaction that wrote its entry: nothing is added later.
create function ledger_written_whole() returns trigger language plpgsql as $$
begin
  if (select written_by from ledger_entry where id = new.entry_id) <> pg_current_xact_id() then
    raise exception 'entry % is already written', new.entry_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger ledger_written_whole before insert on ledger_posting for each row execute function ledger_written_whole();

-- Checked at commit: an entry has postings and they sum to zero (I3).
create function ledger_balances() returns trigger language plpgsql as $$
declare
  total numeric;
begin
  select sum(amount) into total from ledger_posting where entry_id = new.id;
  if total is distinct from 0 then
    raise exception 'entry % sums to %', new.id, total using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_balances after insert on ledger_entry deferrable initially deferred for each row execute function ledger_balances();

-- The sandbox bank's own book: what it decided and whether the shop has acknowledged it.
create table bank_decision (
  transaction_id uuid primary key references transaction,
  bank_ref uuid not null unique,
  decision text not null check (decision in ('paid', 'declined')),
  amount bigint not null check (amount > 0),
  decided_at timestamptz not null,
  delivered_at timestamptz,
  attempts int not null default 0,
  next_at timestamptz not null,
  last_error text
);
create index bank_undelivered on bank_decision (next_at) where delivered_at is null;

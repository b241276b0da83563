-- The audit log: every row is sealed by the hash of the one before it, so that no row can be taken out, changed or moved unnoticed.

create table entry (
  seq bigint primary key check (seq > 0),
  action text not null,
  actor uuid,
  subject text not null,
  detail jsonb not null,
  request_id text not null,
  at timestamptz(3) not null,
  -- sha256 over `prev_hash` and the canonical JSON of the row.
  prev_hash bytea not null check (length(prev_hash) = 32),
  hash bytea not null unique check (length(hash) = 32)
);
create index entry_action on entry (action text_pattern_ops, seq desc);
create index entry_subject on entry (subject, seq desc);

-- Where the chain ends: without it nobody would miss the newest rows. Its lock makes appending serial.
create table head (
  one boolean primary key default true check (one),
  seq bigint not null,
  hash bytea not null check (length(hash) = 32)
);
insert into head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger entry_append_only before update or delete on entry for each row execute function refuse_change();
create trigger entry_no_truncate before truncate on entry for each statement execute function refuse_change();
create trigger head_kept before delete on head for each row execute function refuse_change();
create trigger head_no_truncate before truncate on head for each statement execute function refuse_change();

-- The end of the chain moves by one row at a time, to a row that is there.
create function head_moves_on() returns trigger language plpgsql as $$
begin
  if new.seq <> old.seq + 1 or not exists (select 1 from entry e where e.seq = new.seq and e.hash = new.hash and e.prev_hash = old.hash) then
    raise exception 'the audit log is append only: its end may not move from % to %', old.seq, new.seq using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger head_moves_on before update on head for each row execute function head_moves_on();

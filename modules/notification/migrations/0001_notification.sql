-- What accounts are told in the app. Texts are made when read, in the reader's language.
create table notification (
  id uuid primary key,
  account_id uuid not null,
  kind text not null,
  -- Ids and numbers the text and link are made of; never names of children or goods.
  data jsonb not null,
  subject_id uuid not null,
  read_at timestamptz,
  at timestamptz not null
);
create index notification_account on notification (account_id, at desc, id desc);
create index notification_unread on notification (account_id) where read_at is null;
-- One notice per fact and person, however often the fact arrives.
create unique index notification_once on notification (account_id, kind, subject_id, (data->>'step'));

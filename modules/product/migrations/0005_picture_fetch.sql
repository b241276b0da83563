-- Pictures that files name by their addresses: which of a store were fetched, and which products wait for one.

create table picture_source (
  store_id uuid not null,
  url text not null,
  file_id uuid not null,
  primary key (store_id, url)
);

create table picture_wish (
  product_id uuid not null references product,
  url text not null,
  store_id uuid not null,
  -- Whose file asked: failures are reported there.
  import_id uuid references import_job on delete cascade,
  line int not null,
  external_id text not null,
  owner uuid not null,
  tries int not null default 0,
  next_at timestamptz not null,
  primary key (product_id, url)
);
create index picture_wish_due on picture_wish (store_id, next_at);
create index picture_wish_of_import on picture_wish (import_id);

-- Variants that are downloaded: the document that a buyer gets. Such a variant has no stock and is not delivered.

create table digital (
  variant_id uuid primary key references variant,
  file_id uuid not null,
  name text not null,
  bytes bigint not null check (bytes > 0),
  content_type text not null,
  since timestamptz not null
);
create index digital_file on digital (file_id);

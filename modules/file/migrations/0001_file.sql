-- Stored files and the sizes they exist in. The bytes lie in folders; these rows say which and to whom they may be shown.

create table file (
  id uuid primary key,
  kind text not null check (kind in ('image', 'document')),
  visibility text not null check (visibility in ('public', 'private')),
  -- A picture of the library that was drawn when the platform was built, or null for what somebody uploaded.
  library_key text unique,
  owner uuid,
  width int,
  height int,
  color text,
  created_at timestamptz not null,
  check ((library_key is null) <> (owner is null))
);
create index file_of_owner on file (owner, id) where owner is not null;

create table variant (
  file_id uuid not null references file on delete cascade,
  name text not null check (name ~ '^[a-z0-9]{1,20}\.[a-z0-9]{2,5}$'),
  width int,
  bytes int not null check (bytes > 0),
  content_type text not null,
  primary key (file_id, name)
);

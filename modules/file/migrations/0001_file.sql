-- Stored pictures and documents, and the sizes they exist in.
create table file (
  id uuid primary key,
  kind text not null check (kind in ('image', 'document')),
  visibility text not null check (visibility in ('public', 'private')),
  -- Where the bytes are: `library` drawn at build time, `folder` uploaded.
  storage text not null check (storage in ('library', 'folder')),
  -- The library's key, or the hash of the uploaded bytes.
  key text not null,
  owner_id uuid,
  width int,
  height int,
  color text,
  variants jsonb not null,
  created_at timestamptz not null,
  unique (storage, key, visibility)
);

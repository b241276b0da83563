-- What is sold to be downloaded: documents under the names they are saved by, and who may still fetch them.

alter table file add column name text check (length(name) between 1 and 140);
-- A document is never for everybody.
alter table file add check (kind <> 'document' or (visibility = 'private' and name is not null));

-- One right to fetch a document, of whoever holds its number. A right that was taken away stays away, also when it was
-- taken before it was given.
create table download (
  id uuid primary key,
  file_id uuid references file,
  until timestamptz,
  most int not null check (most >= 0),
  used int not null default 0 check (used between 0 and most),
  withdrawn_at timestamptz,
  check (withdrawn_at is not null or (file_id is not null and until is not null))
);

-- Files of more than one format, dry runs, imports that a person ends, and stock that a file may leave alone.

alter table import_job drop constraint import_job_state_check;
alter table import_job add constraint import_job_state_check
  check (state in ('receiving', 'queued', 'running', 'done', 'failed', 'cancelled'));
alter table import_job
  add column format text not null default 'ndjson' check (format in ('ndjson', 'csv', 'xlsx')),
  add column dry_run boolean not null default false,
  add column file_name text;

-- What a dry run has found so far: lines that come later in its file are compared with it, as they would be in a real run.
create table import_trial (
  import_id uuid not null references import_job on delete cascade,
  external_id text not null,
  standing jsonb not null,
  primary key (import_id, external_id)
);

-- What a seller's file last said of a variant's stock. The same number again is no new count: units sold since stay sold.
alter table variant add column declared int check (declared >= 0);

-- Pictures as the file named them: what an export says again. Null for what was imported before.
alter table product add column picture_refs text[];

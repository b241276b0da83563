-- What a search weighs and by what it forgives slips.

-- The words of a product as they are weighed: its name in each language, its brand and categories, one a line.
alter table item add column names text not null default '';

-- A word without each of its letters, and whole: what a misspelt word shares with what was meant.
alter table word add column slips text[] not null default '{}';
-- Swapped letters share a slip, too.
alter table word drop column letters;
create index word_slips on word using gin (slips) with (fastupdate = off);

-- Of an expression, because a planner would look a word itself up here, where it is slow.
drop index word_near;
create index word_near on word using gist ((word || ''::text) gist_trgm_ops);

-- How many products have a form of a word in their name, by its stem.
create table stem (
  stem text collate "C" primary key,
  products int not null
) with (fillfactor = 80);

-- By which rules the words of the catalog were made; older ones are made anew in the background.
create table wording (
  single boolean primary key default true check (single),
  version int not null
);
insert into wording (version) select 0 where exists (select 1 from item);

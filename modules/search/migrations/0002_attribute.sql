-- What products are described by, for filters and counts beside lists.

-- Attributes by code, as the product says them: words (short ones), numbers, yes or no.
alter table item add column traits jsonb not null default '{}';

-- Attributes as the product context defines them.
create table attribute (
  code text primary key,
  type text not null,
  name jsonb not null,
  unit jsonb,
  choices jsonb not null,
  facet boolean not null,
  position int not null
);

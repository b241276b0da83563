-- What variants may be chosen by: a list that is filtered by a colour finds what has a variant of it in stock.

-- Options of a variant, beside whether there are units of it.
alter table stock add column options jsonb not null default '{}';
-- Values of options in stock by the option's name, but what the product says of itself anyway.
alter table item add column choices jsonb not null default '{}';
-- Products that stood here before are told of anew in the background.
insert into wording (version) select 1 where exists (select 1 from item)
  on conflict (single) do update set version = least(wording.version, 1);

-- What is downloaded never sells out.
alter table stock add column endless boolean not null default false;

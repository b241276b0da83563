-- What a bundle was made of when it was ordered: what is packed, and how its price and its VAT are shared.
alter table line add column parts jsonb;

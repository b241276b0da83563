-- What a receipt and a customs form name of a product, and what its pictures show.

alter table product
  -- The package of its MXIK code, as the tax office counts it.
  add column package_code text check (package_code is null or package_code ~ '^[0-9]{1,20}$' and mxik is not null),
  add column importer text,
  -- Alternative texts, by what the file names as the picture and by the file that stands for it.
  add column picture_alts jsonb not null default '{}';

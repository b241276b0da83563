-- Brands, and addresses that once led somewhere.

-- A brand's slug is its name as an address has it: however sellers write a name, it is one brand.
create table brand (
  slug text primary key,
  name text not null,
  logo_id uuid,
  -- The verified store of the brand itself.
  owner_store_id uuid references shop,
  -- The brand that this one became: products and addresses that name it mean the other one. Never one that is merged itself.
  merged_into text references brand,
  created_at timestamptz not null
);
create index brand_merged on brand (merged_into) where merged_into is not null;
alter table product add column brand_slug text references brand;
create index product_of_brand on product (brand_slug, id) where brand_slug is not null;
-- Products from before there were brands.
create index product_without_brand on product (id) where brand is not null and brand_slug is null;

-- Where an address leads now: a product's id, a category's id.
create table old_slug (
  kind text not null check (kind in ('product', 'category')),
  slug text not null,
  now_id text not null,
  since timestamptz not null,
  primary key (kind, slug)
);
create index old_slug_of on old_slug (kind, now_id);

-- A category that was merged into another: products and addresses that name it mean the other one.
alter table category add column merged_into text references category;
create index category_merged on category (merged_into) where merged_into is not null;

-- Changes of the catalog whose products follow in the background, and how many of them have.
create table catalog_work (
  id uuid primary key,
  kind text not null check (kind in ('category', 'brand')),
  subject text not null,
  total int not null,
  done int not null default 0,
  began_at timestamptz not null
);
create index catalog_work_of on catalog_work (kind, subject);

-- The catalog as shoppers see it: one row per product, built from what the product and inventory contexts say.

-- Everything here is read by an index. A planner that misjudges how many products a word finds must not read them all,
-- and statements of milliseconds are not worth compiling.
alter role current_user set enable_seqscan = off;
alter role current_user set jit = off;

create table item (
  product_id uuid primary key,
  -- Version of the product that this row shows; an older fact changes nothing.
  version bigint not null,
  -- On sale. A withdrawn product keeps its row, so that an older fact cannot bring it back.
  listed boolean not null,
  slug text not null,
  store_id uuid not null,
  store_slug text not null,
  store_name jsonb not null,
  title jsonb not null,
  brand text,
  brand_key text,
  category_path text[] not null,
  -- The age it asks for in months: of its age grade and its information mark the higher one.
  needed_months int not null,
  age_min_months int not null,
  age_max_months int,
  info_mark text,
  hazards text[] not null,
  price_tiyin bigint not null,
  compare_at_tiyin bigint,
  picture_id uuid,
  variant_ids uuid[] not null,
  in_stock boolean not null,
  popularity bigint not null,
  created_ms bigint not null,
  words tsvector not null
) with (fillfactor = 85);
-- New words wait in a list that is worked in after each large batch: three times faster than word by word.
create index item_words on item using gin (words) with (fastupdate = on) where listed;
-- Each sort of the whole shop, of a store and of a brand is one walk along an index, however many products there are.
create index item_by_price on item (price_tiyin, product_id) where listed;
-- What counts beside a list need stands in the index itself.
create index item_by_popularity on item (popularity, product_id)
  include (needed_months, age_max_months, price_tiyin, brand, category_path, hazards, store_id) where listed;
create index item_by_age on item (created_ms, product_id) where listed;
create index item_store_by_price on item (store_slug, price_tiyin, product_id) where listed;
create index item_store_by_popularity on item (store_slug, popularity, product_id) where listed;
create index item_store_by_age on item (store_slug, created_ms, product_id) where listed;
create index item_brand_by_price on item (brand_key, price_tiyin, product_id) where listed;
create index item_brand_by_popularity on item (brand_key, popularity, product_id) where listed;
create index item_brand_by_age on item (brand_key, created_ms, product_id) where listed;

-- Where listed products stand, once for each category on their way: the same walk for each category.
create table shelf (
  category_id text not null,
  product_id uuid not null references item,
  -- The category right below this one where the product stands; null when it stands in this one.
  child text,
  needed_months int not null,
  age_max_months int,
  brand text,
  price_tiyin bigint not null,
  popularity bigint not null,
  created_ms bigint not null,
  primary key (category_id, product_id)
);
create index shelf_of_product on shelf (product_id);
create index shelf_by_price on shelf (category_id, price_tiyin, product_id) include (needed_months);
create index shelf_by_popularity on shelf (category_id, popularity, product_id) include (needed_months, age_max_months, price_tiyin, brand, child);
create index shelf_by_age on shelf (category_id, created_ms, product_id) include (needed_months);

-- How many products of each store were ever listed here: what a new one's first place among the popular is made of.
create table window_place (
  store_id uuid primary key,
  items bigint not null
);

-- Available units as the inventory context says them. A fact may come before its product.
create table stock (
  variant_id uuid primary key,
  product_id uuid not null,
  available int not null,
  version bigint not null
) with (fillfactor = 85);
create index stock_of_product on stock (product_id);

-- Categories as products name them.
create table category (
  id text primary key,
  path text[] not null,
  name jsonb not null,
  words tsvector not null
);
create index category_words on category using gin (words);

-- Every word of titles and brands, folded, and how it is written: what a misspelt word may have meant.
create table word (
  word text collate "C" primary key,
  uz text,
  ru text,
  en text,
  products int not null,
  -- Its letters in the order of the alphabet: finds what two swapped letters hide.
  letters text collate "C" not null
);
create index word_letters on word (letters);
create index word_near on word using gist (word gist_trgm_ops);

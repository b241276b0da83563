-- Categories, products with their variants, what moderators decided, and sellers' imports.

-- `path` and `path_names` go from the root to the category itself: a product's page and its facts need no walk up the tree.
create table category (
  id text primary key check (length(id) between 1 and 100),
  parent_id text references category,
  name jsonb not null,
  icon text,
  position int not null,
  path text[] not null,
  path_names jsonb not null
);
create index category_parent on category (parent_id);
create index category_path on category using gin (path);

-- A store as its products show it, kept from what the store context says. Every writer of products locks its store's row
-- first: facts of one store leave in the order they became true.
create table shop (
  store_id uuid primary key,
  slug text not null,
  name jsonb not null,
  state text not null check (state in ('pending', 'verified', 'suspended')),
  -- The store changed and its products are not all told anew yet.
  untold boolean not null default false
);

create table product (
  id uuid primary key,
  store_id uuid not null references shop,
  external_id text not null,
  slug text not null unique,
  state text not null check (state in ('draft', 'in_review', 'published', 'rejected', 'recalled', 'archived')),
  version bigint not null check (version > 0),
  content_hash text not null,
  category_id text not null references category,
  brand text,
  title jsonb not null,
  description jsonb not null,
  age_min_months int not null check (age_min_months >= 0),
  age_max_months int,
  info_mark text check (info_mark in ('0+', '6+', '12+', '16+', '18+')),
  hazards text[] not null,
  warnings jsonb,
  country text,
  manufacturer text,
  vat_rate int not null check (vat_rate between 0 and 100),
  mxik text,
  attributes jsonb not null,
  pictures uuid[] not null,
  options text[] not null,
  price_tiyin bigint not null check (price_tiyin > 0),
  compare_at_tiyin bigint,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (store_id, external_id),
  -- SAF-03, as the last line of defence: such parts are never for children under three.
  check (age_min_months >= 36 or not hazards && array['small_parts', 'small_ball', 'marble', 'magnet', 'balloon'])
);
create index product_of_store on product (store_id, id desc);
create index product_in_review on product (id) where state = 'in_review';
create index product_category on product (category_id, id);

-- A variant that left the seller's file is retired, not removed: orders and carts still name it.
create table variant (
  id uuid primary key,
  product_id uuid not null references product,
  position int not null,
  sku text not null,
  barcode text,
  options jsonb not null,
  price_tiyin bigint not null check (price_tiyin > 0),
  compare_at_tiyin bigint check (compare_at_tiyin > price_tiyin),
  weight_grams int,
  retired_at timestamptz,
  unique (product_id, sku)
);

create table product_history (
  id uuid primary key,
  product_id uuid not null references product,
  from_state text not null,
  to_state text not null,
  by_account uuid,
  reason text,
  at timestamptz not null
);
create index product_history_of on product_history (product_id, at);

create table import_job (
  id uuid primary key,
  store_id uuid not null,
  state text not null check (state in ('receiving', 'queued', 'running', 'done', 'failed')),
  total int not null default 0,
  done int not null default 0,
  created int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  failed int not null default 0,
  started_by uuid,
  started_at timestamptz not null,
  touched_at timestamptz not null,
  finished_at timestamptz,
  check (done <= total and created + updated + unchanged + failed = done)
);
create index import_job_of_store on import_job (store_id, id desc);
create index import_job_open on import_job (touched_at) where state in ('receiving', 'queued', 'running');

-- Lines that wait to be imported; a batch is deleted in the transaction that imports it, so a restart goes on where it stopped.
create table import_line (
  import_id uuid not null references import_job on delete cascade,
  first_line int not null,
  lines text[] not null,
  primary key (import_id, first_line)
);

create table import_problem (
  import_id uuid not null references import_job on delete cascade,
  line int not null,
  external_id text,
  code text not null,
  issues jsonb not null,
  primary key (import_id, line)
);

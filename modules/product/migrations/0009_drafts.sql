-- What sellers are writing: products as their import line would say them, finished or not.

-- `line` is JSON as it came, checked when it is published. A product has one draft of its changes.
create table draft (
  id uuid primary key,
  store_id uuid not null references shop,
  product_id uuid unique references product,
  title text not null,
  line text not null,
  saved_by uuid,
  saved_at timestamptz not null
);
create index draft_of_store on draft (store_id, id desc);

-- Categories that took products along from others. A policy that is saved by somebody who does not say which one it replaces
-- keeps those that followed what it hides.
create table follower (
  left_id text not null,
  category_id text not null,
  primary key (category_id, left_id)
);

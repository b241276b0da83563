-- What products of a category are described by.

-- A code means the same everywhere: its type never changes, a choice that was given stays. `choices` are objects of
-- `value`, `name` and, of a colour, `hex`, in the order they are shown.
create table attribute (
  code text primary key check (code ~ '^[a-z][A-Za-z0-9]{0,39}$'),
  type text not null check (type in ('text', 'number', 'boolean', 'choice', 'colour')),
  name jsonb not null,
  unit jsonb,
  choices jsonb not null,
  -- Offered as a filter beside lists.
  facet boolean not null,
  position int not null,
  check ((type in ('choice', 'colour')) = (choices <> '[]'::jsonb)),
  check (unit is null or type = 'number')
);

-- A category asks for its own attributes and for those of every category above it.
create table category_attribute (
  category_id text not null references category,
  code text not null references attribute,
  required boolean not null,
  primary key (category_id, code)
);
create index category_attribute_code on category_attribute (code);

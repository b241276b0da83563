import { Input, Select, Textarea } from '@um/ui';
import type { ComponentProps, ReactElement } from 'react';
import { idOf, problemAt, type Problems } from './problems.js';

interface Told {
  /** The field's path in a line. */
  readonly field: string;
  readonly problems: Problems;
}

type Typed<T> = Omit<T, 'id' | 'error' | 'onChange'> & Told & { onChange: (value: string) => void };

/** A line of text that stands for a field of a product's line, with what is wrong with it. */
export function FieldInput({ field, problems, onChange, ...rest }: Typed<ComponentProps<typeof Input>>): ReactElement {
  return (
    <Input
      {...rest}
      id={idOf(field)}
      error={problemAt(problems, field)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The same with several lines. */
export function FieldArea({
  field,
  problems,
  onChange,
  ...rest
}: Typed<ComponentProps<typeof Textarea>>): ReactElement {
  return (
    <Textarea
      {...rest}
      id={idOf(field)}
      error={problemAt(problems, field)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The same as a choice. */
export function FieldSelect({
  field,
  problems,
  onChange,
  ...rest
}: Typed<ComponentProps<typeof Select>>): ReactElement {
  return (
    <Select
      {...rest}
      id={idOf(field)}
      error={problemAt(problems, field)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

import { Card, Section } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import type { Change, Form } from './form.js';
import type { Problems } from './problems.js';

/** What each part of the form is given. */
export interface PartProps {
  readonly form: Form;
  readonly problems: Problems;
  readonly change: Change;
}

/** A part of the form on its own sheet. */
export function Part({
  title,
  hint,
  action,
  children,
}: {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <Card>
      <Section title={title} action={action}>
        {hint && <p className="-mt-2 mb-4 max-w-prose text-sm text-ink-soft">{hint}</p>}
        <div className="flex flex-col gap-4">{children}</div>
      </Section>
    </Card>
  );
}

import { Textarea } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useT } from '../state/language.js';
import { FormDialog, whenValid } from './form-dialog.js';

const SHORTEST = 3;

/** A weighty step with its reason for the audit log. `act` answers whether it was done; a failure is told in the window. */
export function ReasonDialog({
  title,
  text,
  action,
  danger,
  act,
  onClose,
  children,
}: {
  title: string;
  text?: string;
  action: string;
  danger?: boolean;
  act: (reason: string) => Promise<boolean>;
  onClose: () => void;
  children?: ReactNode;
}): ReactElement {
  const t = useT();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { reason: '' } });
  return (
    <FormDialog
      title={title}
      action={action}
      danger={danger}
      submit={whenValid(handleSubmit, ({ reason }) => act(reason.trim()))}
      onClose={onClose}
    >
      {text && <p className="text-ink-soft">{text}</p>}
      {children}
      <Textarea
        {...register('reason', { validate: (reason) => reason.trim().length >= SHORTEST || t.reasonShort })}
        label={t.reason}
        hint={t.reasonHint}
        maxLength={300}
        error={formState.errors.reason?.message}
      />
    </FormDialog>
  );
}

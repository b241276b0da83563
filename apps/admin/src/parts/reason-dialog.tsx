import { Button, Dialog, Note, Textarea } from '@um/ui';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';

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
  const say = useFailureText();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { reason: '' } });
  const submit = handleSubmit(async ({ reason }) => {
    setProblem(null);
    try {
      if (await act(reason.trim())) onClose();
    } catch (error) {
      setProblem(say(error));
    }
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button
            type="submit"
            form="reason"
            kind={danger ? 'danger' : 'primary'}
            busy={formState.isSubmitting}
            className="grow"
          >
            {action}
          </Button>
          <Button kind="secondary" onClick={onClose} className="grow">
            {t.cancel}
          </Button>
        </>
      }
    >
      <form id="reason" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {text && <p className="text-ink-soft">{text}</p>}
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        {children}
        <Textarea
          {...register('reason', { validate: (reason) => reason.trim().length >= SHORTEST || t.reasonShort })}
          label={t.reason}
          hint={t.reasonHint}
          maxLength={300}
          error={formState.errors.reason?.message}
        />
      </form>
    </Dialog>
  );
}

import { Button, Dialog, Note } from '@um/ui';
import { useId, useState, type ReactElement, type ReactNode, type SyntheticEvent } from 'react';
import type { FieldValues, UseFormHandleSubmit } from 'react-hook-form';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';

/** Does something with what was typed, once it is as it has to be; answers whether it was done. */
export const whenValid =
  <T extends FieldValues>(check: UseFormHandleSubmit<T>, work: (typed: T) => Promise<boolean>) =>
  async (): Promise<boolean> => {
    let done = false;
    await check(async (typed) => {
      done = await work(typed);
    })();
    return done;
  };

/** A form in a window. `submit` answers whether it was done; a failure of the platform is told in the window. */
export function FormDialog({
  title,
  action,
  submit,
  onClose,
  ready = true,
  danger = false,
  size,
  children,
}: {
  title: string;
  action: string;
  submit: () => Promise<boolean>;
  onClose: () => void;
  ready?: boolean;
  danger?: boolean | undefined;
  size?: 'l';
  children: ReactNode;
}): ReactElement {
  const t = useT();
  const id = useId();
  const say = useFailureText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      if (await submit()) onClose();
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      size={size}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button
            type="submit"
            form={id}
            kind={danger ? 'danger' : 'primary'}
            busy={busy}
            disabled={!ready}
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
      <form id={id} noValidate className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        {children}
      </form>
    </Dialog>
  );
}

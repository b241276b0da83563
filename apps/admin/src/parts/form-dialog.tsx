import { Button, Dialog, Note } from '@um/ui';
import { useId, useState, type ReactElement, type ReactNode, type SyntheticEvent } from 'react';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';

/** A form in a window. `submit` answers whether it was done; a failure of the platform is told in the window. */
export function FormDialog({
  title,
  action,
  submit,
  onClose,
  ready = true,
  children,
}: {
  title: string;
  action: string;
  submit: () => Promise<boolean>;
  onClose: () => void;
  ready?: boolean;
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
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button type="submit" form={id} busy={busy} disabled={!ready} className="grow">
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

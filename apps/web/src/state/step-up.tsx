import { Button, Dialog, Input } from '@um/ui';
import { createContext, useCallback, useContext, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { ApiProblem } from '../api/api.js';
import { secretOf } from '../parts/form.js';
import { useApp } from './app.js';

/** Does something that may need the password again: asks for it and tries once more. Answers null when the person gave up. */
type WithStepUp = <T>(work: () => Promise<T>) => Promise<T | null>;

const StepUpContext = createContext<WithStepUp | null>(null);

/** Holds the window that asks for the password before weighty steps. */
export function StepUpProvider({ children }: { children: ReactNode }): ReactElement {
  const [open, setOpen] = useState(false);
  const settle = useRef<(proved: boolean) => void>(() => undefined);
  const close = (proved: boolean): void => {
    setOpen(false);
    settle.current(proved);
  };
  const withStepUp = useCallback<WithStepUp>(async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'http.STEP_UP') throw error;
      const proved = await new Promise<boolean>((resolve) => {
        settle.current = resolve;
        setOpen(true);
      });
      return proved ? work() : null;
    }
  }, []);
  return (
    <StepUpContext.Provider value={withStepUp}>
      {children}
      <StepUpDialog open={open} close={close} />
    </StepUpContext.Provider>
  );
}

function StepUpDialog({ open, close }: { open: boolean; close: (proved: boolean) => void }): ReactElement {
  const { api, t } = useApp();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (password: string): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await api.send('POST', '/auth/step-up', { password });
      close(true);
    } catch (problem) {
      setError(problem instanceof ApiProblem && problem.status !== 0 ? problem.message : t.errors.network);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={() => close(false)}
      title={t.stepUp.title}
      actions={
        <>
          <Button type="submit" form="step-up" busy={busy} className="grow">
            {t.stepUp.confirm}
          </Button>
          <Button kind="secondary" onClick={() => close(false)} className="grow">
            {t.cancel}
          </Button>
        </>
      }
    >
      <form
        id="step-up"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(secretOf(event.currentTarget, 'password'));
        }}
      >
        <p className="text-ink-soft">{t.stepUp.text}</p>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          label={t.auth.password}
          error={error}
        />
      </form>
    </Dialog>
  );
}

/** For steps that may ask for the password again. */
export function useStepUp(): WithStepUp {
  const withStepUp = useContext(StepUpContext);
  if (!withStepUp) throw new Error('useStepUp needs a StepUpProvider above it');
  return withStepUp;
}

import { Button, Dialog, Input } from '@um/ui';
import { createContext, useCallback, useContext, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { send } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { useFailureText } from './failures.js';
import { useT } from './language.js';

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
      {open && <StepUpDialog close={close} />}
    </StepUpContext.Provider>
  );
}

function StepUpDialog({ close }: { close: (proved: boolean) => void }): ReactElement {
  const t = useT();
  const say = useFailureText();
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { password: '' } });
  const submit = handleSubmit(async (body) => {
    try {
      await send('POST', '/auth/step-up', body);
      close(true);
    } catch (error) {
      setError('password', { message: say(error) });
    }
  });
  return (
    <Dialog
      open
      onClose={() => close(false)}
      title={t.stepUp.title}
      actions={
        <>
          <Button type="submit" form="step-up" busy={formState.isSubmitting} className="grow">
            {t.stepUp.confirm}
          </Button>
          <Button kind="secondary" onClick={() => close(false)} className="grow">
            {t.cancel}
          </Button>
        </>
      }
    >
      <form id="step-up" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <p className="text-ink-soft">{t.stepUp.text}</p>
        <Input
          {...register('password', { required: t.signIn.needed })}
          type="password"
          autoComplete="current-password"
          autoFocus
          label={t.signIn.password}
          error={formState.errors.password?.message}
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

import { useToast } from '@um/ui';
import { useState } from 'react';
import { ApiProblem } from '../api/api.js';
import { useT } from '../state/app.js';

/** What a failure is called for the person who meets it. */
export function useFailureText(): (error: unknown) => string {
  const t = useT();
  return (error) => {
    if (!(error instanceof ApiProblem)) throw error;
    return error.status === 0 ? t.errors.network : error.message || t.errors.brokenText;
  };
}

interface Work {
  /** True while the last press is being worked on. */
  busy: boolean;
  /** What went wrong with each field, by its name. */
  fields: Readonly<Record<string, string>>;
  /** What went wrong altogether. */
  problem: string | null;
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  reset: () => void;
}

/** Runs what a form or a button does: one press at a time, failures in words. `toast` also shows them as a message. */
export function useWork({ toast = false }: { toast?: boolean } = {}): Work {
  const say = useFailureText();
  const toaster = useToast();
  const [state, setState] = useState<Omit<Work, 'run' | 'reset'>>({ busy: false, fields: {}, problem: null });
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setState({ busy: true, fields: {}, problem: null });
    try {
      await work();
      setState({ busy: false, fields: {}, problem: null });
      return true;
    } catch (error) {
      const problem = say(error);
      if (toast) toaster.problem(problem);
      setState({ busy: false, fields: (error as ApiProblem).fields, problem });
      return false;
    }
  };
  return { ...state, run, reset: () => setState({ busy: false, fields: {}, problem: null }) };
}

/** The texts of a form's fields, by name. */
export const textsOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(
    [...new FormData(form)]
      .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      .map(([name, value]) => [name, value.trim()]),
  );

/** A secret of a form, exactly as typed: spaces belong to it. */
export function secretOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

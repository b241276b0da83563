import { useToast } from '@um/ui';
import { ApiProblem } from '../api/problem.js';
import { useT } from './language.js';

/** What a failure is called for the person who meets it. Anything but an `ApiProblem` is a bug and is thrown on. */
export function useFailureText(): (error: unknown) => string {
  const t = useT();
  return (error) => {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 0) return t.offline;
    return error.message || t.broken;
  };
}

/** Shows a failure as a message at the bottom of the screen. */
export function useFailureToast(): (error: unknown) => void {
  const say = useFailureText();
  const toast = useToast();
  return (error) => toast.problem(say(error));
}

import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { Me } from '@um/user';
import { createContext, useContext, useEffect, type ReactElement, type ReactNode } from 'react';
import { get, maySpeakForSomebody } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { localeFor } from '../i18n/index.js';
import { useLanguage } from './language.js';

/** Who works in the panel; null when nobody is signed in. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: ['me'],
    staleTime: Infinity,
    queryFn: async () => {
      if (!maySpeakForSomebody()) return null;
      return get<Me>('/me').catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 401) return null;
        throw error;
      });
    },
  });
}

const PersonContext = createContext<Me | null>(null);

/** Gives the signed-in person to everything below, in the language of their account. */
export function PersonProvider({ me, children }: { me: Me; children: ReactNode }): ReactElement {
  const { setLocale } = useLanguage();
  const own = localeFor(me.locale);
  useEffect(() => {
    if (own) setLocale(own);
    // Once for each person: what they choose afterwards stands.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [me.id, own]);
  return <PersonContext.Provider value={me}>{children}</PersonContext.Provider>;
}

/** The signed-in person. */
export function usePerson(): Me {
  const me = useContext(PersonContext);
  if (!me) throw new Error('usePerson needs a PersonProvider above it');
  return me;
}

/** Forgets everything that was loaded and asks who is signed in. */
export function useRestart(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    await client.invalidateQueries({ queryKey: ['me'] });
  };
}

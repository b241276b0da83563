import { Button, IconToyBrick, Input, LinkButton, Note } from '@um/ui';
import type { FormEvent, ReactElement } from 'react';
import { AuthFrame, safeNext } from '../parts/auth-frame.js';
import { secretOf, textsOf, useWork } from '../parts/form.js';
import { definePage, Redirect } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { enterAs } from '../state/session.js';

interface Data {
  next: string;
}

/** Where grown-ups sign in. */
export const page = definePage<Data>({
  load: ({ query, viewer }) => {
    const next = safeNext(query.get('next'));
    return viewer ? Promise.reject(new Redirect(next)) : Promise.resolve({ next });
  },
  head: (_data, t) => ({ title: t.auth.signInTitle, hidden: true }),
  View: SignIn,
});

function SignIn({ data: { next } }: { data: Data }): ReactElement {
  const { api, t, locale } = useApp();
  const href = useHref();
  const { busy, problem, fields, run } = useWork();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { email = '' } = textsOf(event.currentTarget);
    const password = secretOf(event.currentTarget, 'password');
    void run(async () => {
      await api.send('POST', '/auth/sign-in', { email, password });
      await enterAs(locale, next);
    });
  };
  return (
    <AuthFrame title={t.auth.signInTitle} text={t.auth.signInText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Input
          name="email"
          type="email"
          label={t.auth.email}
          autoComplete="username"
          required
          error={fields['email']}
        />
        <Input
          name="password"
          type="password"
          label={t.auth.password}
          autoComplete="current-password"
          required
          error={fields['password']}
        />
        <Button type="submit" size="l" busy={busy} wide>
          {t.shell.signIn}
        </Button>
      </form>
      <p className="mt-5 text-center">
        {t.auth.noAccount}{' '}
        <a href={href(`/sign-up?next=${encodeURIComponent(next)}`)} className="font-semibold text-brand-ink underline">
          {t.shell.signUp}
        </a>
      </p>
      <LinkButton href={href('/kids')} kind="secondary" icon={IconToyBrick} wide className="mt-6">
        {t.auth.childHere}
      </LinkButton>
    </AuthFrame>
  );
}

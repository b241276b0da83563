import { Button, Input, Note } from '@um/ui';
import type { FormEvent, ReactElement } from 'react';
import { AuthFrame, safeNext } from '../parts/auth-frame.js';
import { secretOf, textsOf, useWork } from '../parts/form.js';
import { definePage, Redirect } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { enterAs } from '../state/session.js';

interface Data {
  next: string;
}

/** Where a grown-up opens an account. From there the way leads to the family. */
export const page = definePage<Data>({
  load: ({ query, viewer }) => {
    const wish = safeNext(query.get('next'));
    const next = wish === '/' ? '/family' : wish;
    return viewer ? Promise.reject(new Redirect(next)) : Promise.resolve({ next });
  },
  head: (_data, t) => ({ title: t.auth.signUpTitle, hidden: true }),
  View: SignUp,
});

function SignUp({ data: { next } }: { data: Data }): ReactElement {
  const { api, t, locale } = useApp();
  const href = useHref();
  const { busy, problem, fields, run } = useWork();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { name = '', email = '' } = textsOf(event.currentTarget);
    const password = secretOf(event.currentTarget, 'password');
    void run(async () => {
      await api.send('POST', '/auth/sign-up', { name, email, password });
      await enterAs(locale, next);
    });
  };
  return (
    <AuthFrame title={t.auth.signUpTitle} text={t.auth.signUpText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Input name="name" label={t.auth.name} autoComplete="name" required maxLength={80} error={fields['name']} />
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
          hint={t.auth.passwordHint}
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          error={fields['password']}
        />
        <Button type="submit" size="l" busy={busy} wide>
          {t.shell.signUp}
        </Button>
      </form>
      <p className="mt-5 text-center">
        {t.auth.haveAccount}{' '}
        <a href={href(`/sign-in?next=${encodeURIComponent(next)}`)} className="font-semibold text-brand-ink underline">
          {t.shell.signIn}
        </a>
      </p>
    </AuthFrame>
  );
}

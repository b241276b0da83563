import { Button, Card, Input, Note, ThemeToggle } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { send } from '../api/api.js';
import { LanguageMenu } from '../shell/language-menu.js';
import { Logo } from '../shell/logo.js';
import { useFailureText } from '../state/failures.js';
import { useT } from '../state/language.js';
import { useRestart } from '../state/session.js';

/** The door: e-mail and password. */
export function SignIn(): ReactElement {
  const t = useT();
  const say = useFailureText();
  const restart = useRestart();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { email: '', password: '' } });
  const submit = handleSubmit(async (body) => {
    setProblem(null);
    try {
      await send('POST', '/auth/sign-in', body);
      await restart();
    } catch (error) {
      setProblem(say(error));
    }
  });
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${t.signIn.title} · ${t.brand}`}</title>
      <header className="flex items-center justify-between gap-3 p-4 sm:px-6">
        <a href="/" aria-label={t.toShop}>
          <Logo />
        </a>
        <div className="flex items-center">
          <LanguageMenu />
          <ThemeToggle />
        </div>
      </header>
      <main className="ikat flex [--ikat-strength:0.05] grow items-start justify-center px-4 pt-6 pb-16 sm:items-center">
        <Card className="relative w-full max-w-md">
          <h1 className="text-2xl">{t.signIn.title}</h1>
          <p className="mt-1 mb-5 text-ink-soft">{t.signIn.text}</p>
          <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
            {problem && (
              <Note tone="danger" role="alert">
                {problem}
              </Note>
            )}
            <Input
              {...register('email', { required: t.signIn.needed, setValueAs: (value: string) => value.trim() })}
              type="email"
              autoComplete="username"
              label={t.signIn.email}
              error={formState.errors.email?.message}
            />
            <Input
              {...register('password', { required: t.signIn.needed })}
              type="password"
              autoComplete="current-password"
              label={t.signIn.password}
              error={formState.errors.password?.message}
            />
            <Button type="submit" size="l" wide busy={formState.isSubmitting}>
              {t.signIn.submit}
            </Button>
          </form>
        </Card>
      </main>
    </div>
  );
}

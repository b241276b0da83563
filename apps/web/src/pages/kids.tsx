import type { DeviceChild } from '@um/auth';
import { Avatar, Button, EmptyState, IconKeyRound, LinkButton, PinInput } from '@um/ui';
import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import { avatarUrl } from '../parts/drawn.js';
import { useWork } from '../parts/form.js';
import { definePage } from '../router/page.js';
import { useApp, useHref } from '../state/app.js';
import { enterAs } from '../state/session.js';

type Child = z.infer<typeof DeviceChild>;

/** Who is coming in: the children of this device's family, each with a sign and a PIN. */
export const page = definePage<readonly Child[]>({
  load: ({ api }) => api.get<Child[]>('/auth/child/profiles'),
  head: (_data, t) => ({ title: t.kids.pickTitle, hidden: true }),
  View: Kids,
});

function Kids({ data: children }: { data: readonly Child[] }): ReactElement {
  const { t } = useApp();
  const href = useHref();
  const [chosen, setChosen] = useState<Child | null>(null);
  if (children.length === 0) {
    return (
      <div className="page">
        <h1 className="sr-only">{t.kids.pickTitle}</h1>
        <EmptyState
          icon={IconKeyRound}
          title={t.kids.noDevice}
          action={<LinkButton href={href('/sign-in?next=/kids')}>{t.kids.parentSignIn}</LinkButton>}
        >
          {t.kids.noDeviceText}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="page flex min-h-[60dvh] flex-col items-center justify-center py-10 text-center">
      {chosen ? (
        <Pin child={chosen} onBack={() => setChosen(null)} />
      ) : (
        <Picker children_={children} onPick={setChosen} />
      )}
    </div>
  );
}

function Picker({ children_, onPick }: { children_: readonly Child[]; onPick: (child: Child) => void }): ReactElement {
  const { t } = useApp();
  return (
    <>
      <h1 className="text-3xl sm:text-5xl">{t.kids.pickTitle}</h1>
      <p className="mt-2 text-lg text-ink-soft">{t.kids.pickText}</p>
      <ul className="mt-10 flex flex-wrap justify-center gap-5">
        {children_.map((child) => (
          <li key={child.id}>
            <button
              type="button"
              onClick={() => onPick(child)}
              className="flex w-40 flex-col items-center gap-3 rounded-card border-2 border-line bg-surface p-5 text-xl font-bold transition-transform hover:-translate-y-1 hover:border-brand sm:w-48"
            >
              <Avatar name={child.nickname} src={avatarUrl(child.avatar)} size={112} />
              {child.nickname}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Pin({ child, onBack }: { child: Child; onBack: () => void }): ReactElement {
  const { api, t, locale } = useApp();
  const [pin, setPin] = useState('');
  const [tries, setTries] = useState(0);
  const { busy, problem, run } = useWork();
  const enter = async (): Promise<void> => {
    const done = await run(async () => {
      await api.send('POST', '/auth/child/sign-in', { childId: child.id, pin });
      await enterAs(locale, '/');
    });
    if (done) return;
    setPin('');
    setTries(tries + 1);
  };
  return (
    <form
      className="flex flex-col items-center gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (pin.length >= 4) void enter();
      }}
    >
      <Avatar name={child.nickname} src={avatarUrl(child.avatar)} size={128} />
      <h1 className="text-3xl sm:text-4xl">{t.kids.pinTitle(child.nickname)}</h1>
      <p className="text-lg text-ink-soft">{t.kids.pinText}</p>
      <PinInput
        // A new try starts in the first box.
        key={tries}
        label={t.kids.pinText}
        value={pin}
        onChange={setPin}
        length={6}
        error={problem}
        disabled={busy}
        autoFocus
      />
      <div className="flex w-full max-w-sm flex-col gap-3">
        <Button type="submit" size="l" busy={busy} disabled={pin.length < 4}>
          {t.kids.enter}
        </Button>
        <Button kind="secondary" onClick={onBack}>
          {t.kids.notMe}
        </Button>
      </div>
    </form>
  );
}

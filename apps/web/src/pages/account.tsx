import type { SessionInfo } from '@um/auth';
import {
  Badge,
  Button,
  Card,
  Checkbox,
  Dialog,
  IconLaptop,
  IconLogOut,
  IconMapPin,
  Input,
  Note,
  Section,
  ThemeToggle,
  useToast,
  dateTime,
} from '@um/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { AddressFields, addressOf, type Saved } from '../parts/delivery.js';
import { textsOf, useWork } from '../parts/form.js';
import { regionName } from '../parts/regions.js';
import { PageTitle } from '../parts/tile.js';
import { definePage } from '../router/page.js';
import { Languages } from '../shell/languages.js';
import { useApp } from '../state/app.js';
import { useSignOut } from '../state/session.js';
import { useStore } from '../state/store.js';
import type { Viewer } from '../state/viewer.js';

type Session = z.infer<typeof SessionInfo>;

interface Data {
  addresses: readonly Saved[];
  sessions: readonly Session[];
}

/** The person's own things: name, addresses, where they are signed in. */
export const page = definePage<Data>({
  load: async ({ api }) => {
    const [addresses, sessions] = await Promise.all([
      api.get<Saved[]>('/me/addresses'),
      api.get<Session[]>('/auth/sessions'),
    ]);
    return { addresses, sessions };
  },
  head: (_data, t) => ({ title: t.account.title, hidden: true }),
  View: Account,
});

function Account({ data }: { data: Data }): ReactElement {
  const { t } = useApp();
  const signOut = useSignOut();
  return (
    <div className="page max-w-3xl! pt-6 sm:pt-8">
      <PageTitle
        aside={
          <Button kind="secondary" icon={IconLogOut} onClick={signOut}>
            {t.shell.signOut}
          </Button>
        }
      >
        {t.account.title}
      </PageTitle>
      <div className="flex flex-col gap-6">
        <Profile />
        <Addresses data={data} />
        <Card>
          <Section title={t.account.look}>
            <div className="flex flex-wrap items-center justify-between gap-4">
              <Languages landmark={false} />
              <ThemeToggle />
            </div>
          </Section>
        </Card>
        <Sessions data={data} />
      </div>
    </div>
  );
}

function Profile(): ReactElement {
  const { api, t, viewer } = useApp();
  const person = useStore(viewer);
  const toast = useToast();
  const { busy, problem, fields, run } = useWork();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { name = '' } = textsOf(event.currentTarget);
    void run(async () => {
      viewer.set(await api.send<Viewer>('PATCH', '/me', { name }));
      toast.ok(t.saved);
    });
  };
  return (
    <Card>
      <Section title={t.account.profile}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Input
            name="name"
            label={t.account.name}
            required
            maxLength={80}
            defaultValue={person?.name}
            error={fields['name']}
          />
          {person?.email && <Input label={t.account.email} value={person.email} readOnly disabled />}
          {problem && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <Button type="submit" busy={busy} className="self-start">
            {t.save}
          </Button>
        </form>
      </Section>
    </Card>
  );
}

function Addresses({ data }: { data: Data }): ReactElement {
  const { api, t, keep } = useApp();
  const { busy, problem, fields, run } = useWork();
  const [open, setOpen] = useState(false);
  const reload = async (): Promise<void> => keep({ ...data, addresses: await api.get<Saved[]>('/me/addresses') });
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const texts = textsOf(event.currentTarget);
    const done = await run(async () => {
      await api.send('POST', '/me/addresses', { ...addressOf(texts), isDefault: texts['isDefault'] === 'on' });
      await reload();
    });
    if (done) setOpen(false);
  };
  const remove = (id: string): Promise<boolean> =>
    run(async () => {
      await api.send('DELETE', `/me/addresses/${id}`);
      await reload();
    });
  return (
    <Card>
      <Section
        title={t.account.addresses}
        action={
          <Button kind="secondary" size="s" onClick={() => setOpen(true)}>
            {t.account.addAddress}
          </Button>
        }
      >
        {data.addresses.length === 0 && <p className="text-ink-soft">{t.account.noAddresses}</p>}
        <ul className="flex flex-col gap-4">
          {data.addresses.map((address) => (
            <li key={address.id} className="flex items-start gap-3">
              <IconMapPin className="mt-0.5 text-brand-ink" />
              <span className="grow">
                {address.name}, {address.phone} {address.isDefault && <Badge tone="brand">{t.account.isDefault}</Badge>}
                <span className="block text-sm text-ink-soft">
                  {regionName(address.region, t)}, {address.city}, {address.line}
                </span>
              </span>
              <Button kind="quiet" size="s" disabled={busy} onClick={() => void remove(address.id)}>
                {t.remove}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        size="m"
        title={t.account.addAddress}
        actions={
          <Button type="submit" form="new-address" busy={busy} className="grow">
            {t.save}
          </Button>
        }
      >
        <form id="new-address" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <AddressFields fields={fields} />
          <Checkbox name="isDefault" label={t.account.isDefault} />
          {problem && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
        </form>
      </Dialog>
    </Card>
  );
}

function Sessions({ data }: { data: Data }): ReactElement {
  const { api, t, locale, keep } = useApp();
  const toast = useToast();
  const { busy, run } = useWork({ toast: true });
  const end = (id: string): Promise<boolean> =>
    run(async () => {
      await api.send('DELETE', `/auth/sessions/${id}`);
      keep({ ...data, sessions: data.sessions.filter((session) => session.id !== id) });
      toast.ok(t.account.ended);
    });
  return (
    <Card>
      <Section title={t.account.sessions}>
        <ul className="flex flex-col gap-4">
          {data.sessions.map((session) => (
            <li key={session.id} className="flex items-start gap-3">
              <IconLaptop className="mt-0.5 text-brand-ink" />
              <span className="min-w-0 grow">
                <span className="flex flex-wrap items-center gap-2">
                  {session.device} {session.current && <Badge tone="ok">{t.account.thisDevice}</Badge>}
                </span>
                <span className="block text-sm text-ink-soft">
                  {t.account.lastSeen(dateTime(session.lastSeenAt, locale))}
                </span>
              </span>
              {!session.current && (
                <Button kind="quiet" size="s" disabled={busy} onClick={() => void end(session.id)}>
                  {t.account.endSession}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </Card>
  );
}

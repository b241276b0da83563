import type { ChildView, Hazard } from '@um/family';
import { Badge, Button, Card, formatAmount, Input, moneyUnit, Note, Section, Switch, useToast, dateTime } from '@um/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useApp } from '../state/app.js';
import { useStepUp } from '../state/step-up.js';
import { ageInWords } from './ages.js';
import { AvatarPicker, LimitFields, limitsOf, PinField, tiyinOf, type Avatar } from './child-fields.js';
import { textsOf, useWork } from './form.js';
import type { ChildData } from './page-data.js';
import { Spending } from './spending.js';

/** Sends a change of the child and shows the child as it is afterwards. */
function useChange(data: ChildData) {
  const { api, keep, t, refresh } = useApp();
  const withStepUp = useStepUp();
  const toast = useToast();
  const work = useWork();
  const send = (method: 'PUT' | 'PATCH', path: string, body: unknown): Promise<boolean> =>
    work.run(async () => {
      const child = await withStepUp(() =>
        api.send<ChildView>(method, `/families/children/${data.child.id}${path}`, body),
      );
      if (!child) return;
      keep({ ...data, child });
      toast.ok(t.saved);
    });
  const withdraw = (purpose: string): Promise<boolean> =>
    work.run(async () => {
      await withStepUp(() => api.send('DELETE', `/families/children/${data.child.id}/consents/${purpose}`));
      await refresh();
    });
  return { ...work, send, withdraw };
}

function Problem({ text }: { text: string | null }): ReactElement | null {
  return text ? (
    <Note tone="danger" role="alert">
      {text}
    </Note>
  ) : null;
}

/** Spending limits and what is used of them. */
export function LimitsForm({ data }: { data: ChildData }): ReactElement {
  const { t } = useApp();
  const { busy, problem, fields, send } = useChange(data);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void send('PUT', '/limits', limitsOf(textsOf(event.currentTarget)));
  };
  return (
    <div className="flex flex-col gap-6">
      <Spending spending={data.child.spending} />
      <Card>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <LimitFields initial={data.child.limits} fields={fields} />
          <p className="text-sm text-ink-soft">
            {t.limits.hint} {t.limits.rising}
          </p>
          <Problem text={problem} />
          <Button type="submit" busy={busy} className="self-start">
            {t.save}
          </Button>
        </form>
      </Card>
    </div>
  );
}

const offered: readonly Hazard[] = [
  'small_parts',
  'magnet',
  'button_cell',
  'projectile',
  'chemical_set',
  'laser',
  'sharp',
  'connected',
  'ai_toy',
  'camera_mic',
];

const toggled = <T,>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

/** What the child may see, beyond what its age rules out anyway. */
export function PolicyForm({ data }: { data: ChildData }): ReactElement {
  const { t, locale } = useApp();
  const { busy, problem, fields, send } = useChange(data);
  const { policy } = data.child;
  const [hiddenCategories, setCategories] = useState<readonly string[]>(policy.hiddenCategories);
  const [hiddenHazards, setHazards] = useState<readonly Hazard[]>(policy.hiddenHazards);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void send('PUT', '/policy', {
      ...policy,
      hiddenCategories,
      hiddenHazards,
      maxPriceTiyin: tiyinOf(textsOf(event.currentTarget)['maxPrice']),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-6">
      <p className="text-ink-soft">{t.policy.text(ageInWords(data.child.ageMonths, t))}</p>
      <Card>
        <div className="max-w-72">
          <Input
            name="maxPrice"
            label={t.policy.maxPrice}
            hint={t.policy.maxPriceHint}
            inputMode="numeric"
            autoComplete="off"
            suffix={moneyUnit(locale)}
            error={fields['maxPriceTiyin']}
            defaultValue={policy.maxPriceTiyin === null ? undefined : formatAmount(policy.maxPriceTiyin)}
          />
        </div>
      </Card>
      <Card>
        <Section title={t.policy.categories} level={3}>
          <div className="grid gap-x-10 sm:grid-cols-2">
            {data.categories.map(({ id, name }) => (
              <Switch
                key={id}
                label={name}
                checked={hiddenCategories.includes(id)}
                onChange={() => setCategories(toggled(hiddenCategories, id))}
              />
            ))}
          </div>
        </Section>
      </Card>
      <Card>
        <Section title={t.policy.hazards} level={3}>
          <div className="grid gap-x-10 sm:grid-cols-2">
            {offered.map((hazard) => (
              <Switch
                key={hazard}
                label={t.hazardNames[hazard]}
                hint={t.hazards[hazard]}
                checked={hiddenHazards.includes(hazard)}
                onChange={() => setHazards(toggled(hiddenHazards, hazard))}
              />
            ))}
          </div>
        </Section>
      </Card>
      <p className="text-sm text-ink-soft">{t.policy.tightNow}</p>
      <Problem text={problem} />
      <Button type="submit" busy={busy} className="self-start">
        {t.save}
      </Button>
    </form>
  );
}

/** Nickname, sign and PIN. */
export function ProfileForm({ data }: { data: ChildData }): ReactElement {
  const { t } = useApp();
  const { child } = data;
  const about = useChange(data);
  const secret = useChange(data);
  const [avatar, setAvatar] = useState<Avatar>(child.avatar);
  const saveAbout = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void about.send('PATCH', '', { nickname: textsOf(event.currentTarget)['nickname'], avatar });
  };
  const savePin = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    void secret.send('PATCH', '', { pin: textsOf(form)['pin'] }).then((done) => done && form.reset());
  };
  return (
    <div className="flex flex-col gap-6">
      <Card>
        <form onSubmit={saveAbout} className="flex flex-col gap-5">
          <Input
            name="nickname"
            label={t.childNew.nickname}
            hint={t.childNew.nicknameHint}
            required
            maxLength={30}
            defaultValue={child.nickname}
            error={about.fields['nickname']}
          />
          <AvatarPicker value={avatar} onChange={setAvatar} />
          <Problem text={about.problem} />
          <Button type="submit" busy={about.busy} className="self-start">
            {t.save}
          </Button>
        </form>
      </Card>
      <Card>
        <form onSubmit={savePin} className="flex flex-col gap-4">
          <PinField name="pin" label={t.child.newPin} error={secret.fields['pin']} />
          <Problem text={secret.problem} />
          <Button type="submit" kind="secondary" busy={secret.busy} className="self-start">
            {t.child.setPin}
          </Button>
        </form>
      </Card>
    </div>
  );
}

/** Every consent with its version and date, and the way to take it back. */
export function ConsentList({ data }: { data: ChildData }): ReactElement {
  const { t, locale } = useApp();
  const { busy, problem, withdraw } = useChange(data);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">{t.child.withdrawText}</p>
      <Problem text={problem} />
      {data.consents.map((consent) => (
        <Card key={consent.id} className="flex flex-wrap items-center justify-between gap-4">
          <div className="min-w-60 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-semibold">
              {t.childNew.purposes[consent.purpose].title}
              <Badge tone={consent.state === 'active' ? 'ok' : 'plain'}>
                {consent.state === 'active' ? t.child.consentActive : t.child.consentWithdrawn}
              </Badge>
            </p>
            <p className="text-sm text-ink-soft">{t.childNew.purposes[consent.purpose].text}</p>
            <p className="mt-1 text-xs text-ink-soft">
              {dateTime(consent.at, locale)} · {t.childNew.consentVersion(consent.version)}
            </p>
          </div>
          {consent.state === 'active' && (
            <Button kind="secondary" size="s" busy={busy} onClick={() => void withdraw(consent.purpose)}>
              {t.child.withdraw}
            </Button>
          )}
        </Card>
      ))}
    </div>
  );
}

/** What happened lately, newest first. */
export function ActivityList({ data }: { data: ChildData }): ReactElement {
  const { t, locale } = useApp();
  if (data.activity.length === 0) return <p className="text-ink-soft">{t.child.noActivity}</p>;
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {data.activity.map((item, place) => (
          <li key={`${item.at}-${place}`} className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-5 py-3.5">
            <span className="font-medium">{t.child.activity[item.kind]}</span>
            <time dateTime={item.at} className="text-sm text-ink-soft">
              {dateTime(item.at, locale)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}

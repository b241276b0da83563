import type { ChildView, ConsentPurpose } from '@um/family';
import { Button, Card, Checkbox, cx, IconShieldCheck, Input, Note, Progress, useToast } from '@um/ui';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { z } from 'zod';
import { AvatarPicker, LimitFields, limitsOf, PinField, type Avatar, type LimitValues } from '../parts/child-fields.js';
import { CONSENT_VERSION, purposes } from '../parts/consent.js';
import { textsOf, useWork } from '../parts/form.js';
import { definePage } from '../router/page.js';
import { useApp } from '../state/app.js';
import { useStepUp } from '../state/step-up.js';

type Purpose = z.infer<typeof ConsentPurpose>;

interface Draft {
  nickname: string;
  birthDate: string;
  avatar: Avatar | null;
  purposes: readonly Purpose[];
  limits: LimitValues;
}

const empty: Draft = {
  nickname: '',
  birthDate: '',
  avatar: null,
  purposes: [],
  limits: { dayTiyin: null, weekTiyin: null, monthTiyin: null },
};

/** Opening a child's profile, step by step. Nothing is sent before the last one (CON-01). */
export const page = definePage<null>({
  load: () => Promise.resolve(null),
  head: (_data, t) => ({ title: t.childNew.title, hidden: true }),
  View: ChildNew,
});

function ChildNew(): ReactElement {
  const { t } = useApp();
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState(empty);
  const top = useRef<HTMLHeadingElement>(null);
  const turn = (to: number, change: Partial<Draft> = {}): void => {
    setDraft({ ...draft, ...change });
    setStep(to);
    // The next step is read from its beginning.
    requestAnimationFrame(() => top.current?.focus());
  };
  const steps = t.childNew.steps;
  return (
    <div className="page max-w-3xl! pt-6 sm:pt-10">
      <h1 className="text-2xl sm:text-3xl">{t.childNew.title}</h1>
      <div className="mt-4 mb-6">
        <p className="mb-2 text-sm text-ink-soft">{t.childNew.stepOf(step + 1, steps.length)}</p>
        <Progress value={step + 1} max={steps.length} label={t.childNew.stepOf(step + 1, steps.length)} />
      </div>
      <Card>
        <h2 ref={top} tabIndex={-1} className="mb-5 text-xl focus:outline-none">
          {steps[step]}
        </h2>
        {step === 0 && <About draft={draft} onNext={(change) => turn(1, change)} />}
        {step === 1 && <Consent draft={draft} onBack={() => turn(0)} onNext={(change) => turn(2, change)} />}
        {step === 2 && <LimitsStep draft={draft} onBack={() => turn(1)} onNext={(change) => turn(3, change)} />}
        {step === 3 && <PinStep draft={draft} onBack={() => turn(2)} />}
      </Card>
    </div>
  );
}

interface StepProps {
  draft: Draft;
  onNext: (change: Partial<Draft>) => void;
  onBack: () => void;
}

function Turns({ onBack, last, busy }: { onBack?: () => void; last?: boolean; busy?: boolean }): ReactElement {
  const { t } = useApp();
  return (
    <div className="mt-2 flex gap-3">
      {onBack && (
        <Button kind="secondary" onClick={onBack} className="grow sm:grow-0">
          {t.back}
        </Button>
      )}
      <Button type="submit" busy={busy} className="grow sm:min-w-44 sm:grow-0">
        {last ? t.childNew.create : t.next}
      </Button>
    </div>
  );
}

function About({ draft, onNext }: Omit<StepProps, 'onBack'>): ReactElement {
  const { t } = useApp();
  const [avatar, setAvatar] = useState(draft.avatar);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { nickname = '', birthDate = '' } = textsOf(event.currentTarget);
    if (avatar) onNext({ nickname, birthDate, avatar });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Input
        name="nickname"
        label={t.childNew.nickname}
        hint={t.childNew.nicknameHint}
        required
        maxLength={30}
        autoComplete="off"
        defaultValue={draft.nickname}
      />
      {/* Free date entry without a preset: an age screen must not hint at an answer (CON-09). */}
      <Input
        name="birthDate"
        type="date"
        label={t.childNew.birthDate}
        hint={t.childNew.birthHint}
        required
        defaultValue={draft.birthDate}
        className="max-w-56"
      />
      <AvatarPicker value={avatar} onChange={setAvatar} />
      <Turns />
    </form>
  );
}

function Consent({ draft, onNext, onBack }: StepProps): ReactElement {
  const { t } = useApp();
  const [given, setGiven] = useState<readonly Purpose[]>(draft.purposes);
  const [tried, setTried] = useState(false);
  const enough = given.includes('profile') && given.includes('shopping');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (enough) onNext({ purposes: given });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-lg font-semibold">{t.childNew.consentTitle}</p>
      <p className="-mt-2 text-ink-soft">{t.childNew.consentText}</p>
      {purposes.map((purpose) => {
        const on = given.includes(purpose);
        const words = t.childNew.purposes[purpose];
        return (
          <div
            key={purpose}
            className={cx('rounded-box border px-4 py-2', on ? 'border-brand bg-brand-soft' : 'border-line-strong/50')}
          >
            <Checkbox
              label={<span className="font-semibold">{words.title}</span>}
              hint={words.text}
              checked={on}
              onChange={() => setGiven(on ? given.filter((p) => p !== purpose) : [...given, purpose])}
            />
          </div>
        );
      })}
      <Note tone="ok" icon={<IconShieldCheck />}>
        {t.childNew.noTracking}
      </Note>
      {tried && !enough && (
        <Note tone="danger" role="alert">
          {t.childNew.consentNeeded}
        </Note>
      )}
      <p className="text-xs text-ink-soft">{t.childNew.consentVersion(CONSENT_VERSION)}</p>
      <Turns onBack={onBack} />
    </form>
  );
}

function LimitsStep({ draft, onNext, onBack }: StepProps): ReactElement {
  const { t } = useApp();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onNext({ limits: limitsOf(textsOf(event.currentTarget)) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-ink-soft">{t.childNew.limitsText}</p>
      <LimitFields initial={draft.limits} fields={{}} />
      <p className="text-sm text-ink-soft">{t.limits.hint}</p>
      <Turns onBack={onBack} />
    </form>
  );
}

function PinStep({ draft, onBack }: Omit<StepProps, 'onNext'>): ReactElement {
  const { api, t, go } = useApp();
  const withStepUp = useStepUp();
  const toast = useToast();
  const { busy, problem, fields, run } = useWork();
  const [differs, setDiffers] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { pin = '', again = '' } = textsOf(event.currentTarget);
    setDiffers(pin !== again);
    if (pin !== again) return;
    const { purposes: given, ...about } = draft;
    void run(async () => {
      const child = await withStepUp(() =>
        api.send<ChildView>('POST', '/families/children', {
          ...about,
          pin,
          consent: { version: CONSENT_VERSION, purposes: given },
        }),
      );
      if (!child) return;
      toast.ok(t.childNew.done(child.nickname));
      go('/family', { replace: true });
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-lg font-semibold">{t.childNew.pinTitle}</p>
      <p className="-mt-3 text-ink-soft">{t.childNew.pinText}</p>
      <PinField name="pin" label={t.childNew.steps[3] ?? ''} error={fields['pin']} />
      <PinField name="again" label={t.childNew.pinAgain} error={differs ? t.childNew.pinDiffers : null} />
      {problem && (
        <Note tone="danger" role="alert">
          {[problem, ...Object.values(fields)].join(' ')}
        </Note>
      )}
      <Turns onBack={onBack} last busy={busy} />
    </form>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Setting } from '@um/config';
import { Button, Card, Input, moneyUnit, useToast, dateTime } from '@um/ui';
import type { ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { get, send } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { Failed, Rows } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { fromField, shapes, toField } from '../parts/settings.js';
import { useFailureText } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';

/** Settings that may change while the platform runs. */
export function Settings(): ReactElement {
  const t = useT();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => get<Setting[]>('/admin/settings') });
  return (
    <PanelPage title={t.settings.title}>
      {settings.isPending && <Rows count={5} />}
      {settings.isError && !settings.data && <Failed error={settings.error} onRetry={() => void settings.refetch()} />}
      <div className="flex max-w-2xl flex-col gap-3">
        {/* A field begins anew with each version: it never shows what somebody else has replaced. */}
        {settings.data?.map((setting) => (
          <SettingForm key={`${setting.key}:${setting.version}`} setting={setting} />
        ))}
      </div>
    </PanelPage>
  );
}

function SettingForm({ setting }: { setting: Setting }): ReactElement {
  const { t, locale } = useLanguage();
  const say = useFailureText();
  const toast = useToast();
  const client = useQueryClient();
  const shape = shapes[setting.key];
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { value: toField(shape, setting.value) },
  });
  const submit = handleSubmit(async ({ value: typed }) => {
    const value = fromField(shape, typed);
    if (value === undefined) return setError('value', { message: t.settings.bad });
    try {
      await send<Setting>('PATCH', '/admin/settings', { key: setting.key, value, version: setting.version });
      toast.ok(t.saved);
    } catch (error) {
      setError('value', { message: say(error) });
      if (!(error instanceof ApiProblem) || error.code !== 'config.STALE') return;
    }
    await client.invalidateQueries({ queryKey: ['settings'] });
  });
  const units = {
    text: undefined,
    minutes: t.settings.units.minutes,
    hours: t.settings.units.hours,
    money: moneyUnit(locale),
  };
  return (
    <Card>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 grow">
          <Input
            {...register('value')}
            label={t.settings.names[setting.key]}
            hint={setting.changedAt ? t.settings.changedAt(dateTime(setting.changedAt, locale)) : t.settings.standard}
            inputMode={shape === 'text' ? 'text' : 'decimal'}
            suffix={units[shape]}
            error={formState.errors.value?.message}
          />
        </div>
        <Button
          type="submit"
          kind="secondary"
          busy={formState.isSubmitting}
          disabled={!formState.isDirty}
          className="sm:mt-6.5"
        >
          {t.save}
        </Button>
      </form>
    </Card>
  );
}

import type { AuditRow } from '@um/audit';
import { Button, IconFileText, Input, Table, type Column, dateTime } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { useForm } from 'react-hook-form';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { useLanguage, useT, type Language } from '../state/language.js';

interface Filter {
  action: string;
  subject: string;
}

/** The audit log, the newest rows first. */
export function Audit(): ReactElement {
  const t = useT();
  const [filter, setFilter] = useState<Filter>({ action: '', subject: '' });
  const pages = usePages<AuditRow>('audit', '/admin/audit', { ...filter });
  return (
    <PanelPage title={t.audit.title} lead={t.audit.text}>
      <Find find={setFilter} />
      <Listing pages={pages} empty={{ icon: IconFileText, title: t.audit.empty }}>
        {(rows) => <Log rows={rows} />}
      </Listing>
    </PanelPage>
  );
}

function Find({ find }: { find: (filter: Filter) => void }): ReactElement {
  const t = useT();
  const { register, handleSubmit, formState } = useForm<Filter>({ defaultValues: { action: '', subject: '' } });
  const trim = (value: string): string => value.trim();
  return (
    <form noValidate onSubmit={(event) => void handleSubmit(find)(event)}>
      <Filters>
        <Input
          {...register('action', {
            setValueAs: trim,
            pattern: { value: /^[a-z]+(\.[a-z-]+)*$/, message: t.audit.actionBad },
          })}
          label={t.audit.action}
          placeholder="order.placed"
          autoCapitalize="none"
          maxLength={80}
          error={formState.errors.action?.message}
        />
        <Input
          {...register('subject', { setValueAs: trim })}
          label={t.audit.subject}
          placeholder="order:…"
          autoCapitalize="none"
          maxLength={200}
        />
        <Button type="submit" kind="secondary" className="sm:w-auto!">
          {t.audit.find}
        </Button>
      </Filters>
    </form>
  );
}

function Log({ rows }: { rows: readonly AuditRow[] }): ReactElement {
  const language = useLanguage();
  return (
    <Table caption={language.t.audit.title} rows={rows} keyOf={(row) => String(row.seq)} columns={columns(language)} />
  );
}

function Detail({ detail }: { detail: AuditRow['detail'] }): ReactElement {
  return (
    <dl className="min-w-48 text-xs">
      {Object.entries(detail).map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="break-all">{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function columns({ t, locale }: Language): Column<AuditRow>[] {
  return [
    { id: 'seq', title: '№', number: true, cell: (row) => row.seq },
    {
      id: 'at',
      title: t.audit.at,
      cell: (row) => (
        <time dateTime={row.at} className="whitespace-nowrap">
          {dateTime(row.at, locale)}
        </time>
      ),
    },
    { id: 'action', title: t.audit.action, cell: (row) => <code className="font-semibold">{row.action}</code> },
    { id: 'subject', title: t.audit.subject, cell: (row) => <code className="text-xs">{row.subject}</code> },
    {
      id: 'actor',
      title: t.audit.actor,
      cell: (row) => (row.actor ? <code className="text-xs">{row.actor}</code> : t.audit.system),
    },
    { id: 'detail', title: t.audit.detail, cell: (row) => <Detail detail={row.detail} /> },
  ];
}

import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  Badge,
  Button,
  Card,
  IconArrowLeft,
  IconCircleCheck,
  IconDownload,
  LinkButton,
  Note,
  Progress,
  Table,
  type Column,
  dateTime,
} from '@um/ui';
import type { ReactElement } from 'react';
import { addressOf, get, send } from '../api/api.js';
import { askAgain, importTones, type Problem, type Report } from '../parts/imports.js';
import { Failed, Listing, Rows, usePages } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import type { Dictionary } from '../i18n/index.js';
import { href } from '../shell/sections.js';
import { useFailureToast } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';

/** One import: how far it is, what it changed and which lines were refused. */
export function Import({ id }: { id: string }): ReactElement {
  const { t, locale } = useLanguage();
  const client = useQueryClient();
  const report = useQuery({
    queryKey: ['import', id],
    queryFn: () => look(client, id),
    refetchInterval: ({ state }) => (state.error ? false : askAgain(state.data)),
  });
  if (report.isPending) return <Rows />;
  if (report.isError && !report.data) return <Failed error={report.error} onRetry={() => void report.refetch()} />;
  return (
    <>
      <a
        href={href('/imports')}
        className="tap mb-1 inline-flex items-center gap-2 text-sm font-semibold text-brand-ink"
      >
        <IconArrowLeft size={18} />
        {t.imports.title}
      </a>
      <PanelPage
        title={t.imports.one(dateTime(report.data.startedAt, locale))}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            {report.data.dryRun && <Badge size="m">{t.imports.dryRun}</Badge>}
            <Badge size="m" tone={importTones[report.data.state]}>
              {t.imports.states[report.data.state]}
            </Badge>
            {report.data.finishedAt === null && <Stop id={id} />}
          </div>
        }
      >
        {report.data.dryRun && report.data.state === 'done' && (
          <Note tone="brand" className="mb-4">
            {t.imports.dryRunText}
          </Note>
        )}
        <Figures report={report.data} />
        <Problems id={id} some={report.data.failed > 0} />
      </PanelPage>
    </>
  );
}

/** Asks how the import is going; what its progress has changed on other lists is looked at again. */
async function look(client: QueryClient, id: string): Promise<Report> {
  const before = client.getQueryData<Report>(['import', id]);
  const report = await get<Report>(`/seller/imports/${encodeURIComponent(id)}`);
  if (before?.failed !== report.failed) void client.invalidateQueries({ queryKey: ['problems'] });
  if (before?.state !== report.state)
    for (const key of ['imports', 'products', 'stock']) void client.invalidateQueries({ queryKey: [key] });
  return report;
}

function Figures({ report }: { report: Report }): ReactElement {
  const t = useT();
  const figures = [
    [t.imports.created, report.created],
    [t.imports.updated, report.updated],
    [t.imports.unchanged, report.unchanged],
    [t.imports.failed, report.failed],
  ] as const;
  const progress = t.imports.progress(report.done, report.total);
  return (
    <Card>
      <p className="mb-2 text-sm text-ink-soft">{progress}</p>
      <Progress value={report.done} max={report.total} label={progress} />
      <dl className="mt-5 grid grid-cols-2 gap-4 sm:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="text-2xl font-bold">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Stop({ id }: { id: string }): ReactElement {
  const t = useT();
  const client = useQueryClient();
  const fail = useFailureToast();
  const stopping = useMutation({
    mutationFn: () => send('POST', `/seller/imports/${encodeURIComponent(id)}/cancel`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['import', id] }),
    onError: fail,
  });
  return (
    <Button kind="secondary" size="s" busy={stopping.isPending} onClick={() => stopping.mutate()}>
      {t.imports.cancel}
    </Button>
  );
}

function Problems({ id, some }: { id: string; some: boolean }): ReactElement {
  const t = useT();
  const pages = usePages<Problem>('problems', `/seller/imports/${encodeURIComponent(id)}/problems`);
  return (
    <section className="mt-8">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl">{t.imports.problems}</h2>
        {some && (
          <LinkButton
            kind="quiet"
            size="s"
            icon={IconDownload}
            download
            href={addressOf(`/seller/imports/${encodeURIComponent(id)}/problems.csv`)}
          >
            {t.imports.table}
          </LinkButton>
        )}
      </div>
      <Listing pages={pages} empty={{ icon: IconCircleCheck, title: t.imports.noProblems }}>
        {(problems) => (
          <Table
            caption={t.imports.problems}
            rows={problems}
            keyOf={(problem) => `${problem.line}:${problem.code}`}
            columns={columns(t)}
          />
        )}
      </Listing>
    </section>
  );
}

function columns(t: Dictionary): Column<Problem>[] {
  return [
    { id: 'line', title: t.imports.line, number: true, cell: (problem) => problem.line },
    { id: 'externalId', title: t.imports.externalId, cell: (problem) => <code>{problem.externalId ?? '—'}</code> },
    { id: 'field', title: t.imports.field, cell: (problem) => <code>{problem.field ?? '—'}</code> },
    {
      id: 'message',
      title: t.imports.message,
      cell: (problem) => (
        <>
          <span className="block">{problem.message}</span>
          <code className="text-xs text-ink-soft">{problem.code}</code>
        </>
      ),
    },
  ];
}

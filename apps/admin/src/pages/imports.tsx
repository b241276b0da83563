import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Badge,
  Button,
  Card,
  IconChevronRight,
  IconCircleCheck,
  IconDownload,
  IconUpload,
  LinkButton,
  Note,
  Select,
  dateTime,
} from '@um/ui';
import { useState, type FormEvent, type ReactElement } from 'react';
import { addressOf, upload } from '../api/api.js';
import { ApiProblem } from '../api/problem.js';
import { FileField } from '../parts/file-field.js';
import { importTones, type Report } from '../parts/imports.js';
import { Listing, usePages } from '../parts/listing.js';
import { PanelPage } from '../parts/page.js';
import { textIn } from '../parts/text.js';
import { href } from '../shell/sections.js';
import { useFailureText } from '../state/failures.js';
import { useLanguage, useT } from '../state/language.js';
import { go } from '../state/router.js';
import { useStores } from '../state/stores.js';

/** Where a seller sends a catalog file, and what came of the earlier ones. */
export function Imports(): ReactElement {
  const t = useT();
  const { storeId } = useStores();
  const pages = usePages<Report>('imports', '/seller/imports', { storeId });
  return (
    <PanelPage title={t.imports.title} lead={t.imports.text}>
      <UploadForm />
      <Export />
      <h2 className="mt-8 mb-3 text-xl">{t.imports.history}</h2>
      <Listing pages={pages} empty={{ icon: IconUpload, title: t.imports.empty }}>
        {(reports) => (
          <Card flush className="overflow-hidden">
            <ul className="divide-y divide-line">
              {reports.map((report) => (
                <Row key={report.importId} report={report} />
              ))}
            </ul>
          </Card>
        )}
      </Listing>
    </PanelPage>
  );
}

function Row({ report }: { report: Report }): ReactElement {
  const { t, locale } = useLanguage();
  return (
    <li>
      <a
        href={href(`/imports/${report.importId}`)}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3.5 hover:bg-sunken/50 sm:px-6"
      >
        <time dateTime={report.startedAt} className="font-semibold">
          {dateTime(report.startedAt, locale)}
        </time>
        <Badge tone={importTones[report.state]}>{t.imports.states[report.state]}</Badge>
        {report.dryRun && <Badge>{t.imports.dryRun}</Badge>}
        {report.fileName && <span className="min-w-0 truncate text-sm">{report.fileName}</span>}
        <span className="grow text-sm text-ink-soft">{t.imports.progress(report.done, report.total)}</span>
        {report.failed > 0 && (
          <Badge tone="danger">
            {t.imports.failed}: {report.failed}
          </Badge>
        )}
        <IconChevronRight size={18} className="text-ink-soft" />
      </a>
    </li>
  );
}

function UploadForm(): ReactElement {
  const { t, locale } = useLanguage();
  const { stores, storeId } = useStores();
  const say = useFailureText();
  const client = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const [file, setFile] = useState<File | undefined>();
  const [tried, setTried] = useState(false);
  const store = picked ?? storeId ?? (stores.length === 1 ? stores[0]!.id : '');
  const sending = useMutation({
    mutationFn: ({ body, dryRun }: { body: File; dryRun: boolean }) =>
      upload<Report>('/seller/products/import', { storeId: store, dryRun, fileName: body.name.slice(-200) }, body),
    onSuccess: async ({ importId }) => {
      await client.invalidateQueries({ queryKey: ['imports'] });
      go(href(`/imports/${importId}`));
    },
  });
  const begin = (dryRun: boolean): void => {
    setTried(true);
    if (store && file && !sending.isPending) sending.mutate({ body: file, dryRun });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    begin(true);
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {sending.isError && (
          <Note tone="danger" role="alert">
            {say(sending.error)}
            <WrongColumns error={sending.error} />
          </Note>
        )}
        <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
          <Select
            label={t.imports.store}
            value={store}
            onChange={(event) => setPicked(event.currentTarget.value)}
            error={tried && !store ? t.imports.chooseStore : undefined}
          >
            <option value="">{t.imports.chooseStore}</option>
            {stores.map((store) => (
              <option key={store.id} value={store.id}>
                {textIn(store.name, locale)}
              </option>
            ))}
          </Select>
          <FileField
            accept=".ndjson,.jsonl,.csv,.tsv,.txt,.xlsx"
            label={t.imports.file}
            prompt={t.imports.drop}
            chosen={file?.name}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
            error={tried && !file ? t.imports.noFile : undefined}
          />
        </div>
        <div className="flex flex-col gap-3 sm:flex-row">
          <Button type="submit" icon={IconCircleCheck} busy={sending.isPending && sending.variables.dryRun}>
            {t.imports.check}
          </Button>
          <Button
            kind="secondary"
            icon={IconUpload}
            busy={sending.isPending && !sending.variables.dryRun}
            onClick={() => begin(false)}
          >
            {t.imports.submit}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Which columns a table was refused for. */
function WrongColumns({ error }: { error: unknown }): ReactElement | null {
  const t = useT();
  if (!(error instanceof ApiProblem) || error.code !== 'product.BAD_COLUMNS') return null;
  const kinds = (['unknown', 'missing', 'repeated'] as const).map(
    (kind) => [kind, (error.details[kind] ?? []) as readonly string[]] as const,
  );
  return (
    <ul className="mt-2 list-disc pl-5">
      {kinds
        .filter(([, names]) => names.length > 0)
        .map(([kind, names]) => (
          <li key={kind}>
            {t.imports.columns[kind]}: <code>{names.join(', ')}</code>
          </li>
        ))}
    </ul>
  );
}

const FORMATS = ['xlsx', 'csv', 'ndjson'] as const;

/** The catalog of the chosen store as a file. */
function Export(): ReactElement | null {
  const t = useT();
  const { stores, storeId } = useStores();
  const store = storeId ?? (stores.length === 1 ? stores[0]!.id : undefined);
  if (!store) return null;
  return (
    <Card className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <div>
        <h2 className="text-lg">{t.imports.export}</h2>
        <p className="text-sm text-ink-soft">{t.imports.exportText}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {FORMATS.map((format) => (
          <LinkButton
            key={format}
            kind="secondary"
            size="s"
            icon={IconDownload}
            download
            href={addressOf('/seller/products/export', { storeId: store, format })}
          >
            {format.toUpperCase()}
          </LinkButton>
        ))}
      </div>
    </Card>
  );
}

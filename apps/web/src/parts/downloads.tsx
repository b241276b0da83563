import type { DownloadLink } from '@um/file';
import type { OrderView } from '@um/order';
import { Badge, Button, dayOf, IconDownload, yearOf } from '@um/ui';
import type { ReactElement } from 'react';
import type { Dictionary } from '../i18n/index.js';
import type { Locale } from '../i18n/locale.js';
import { useApp } from '../state/app.js';
import { useWork } from './form.js';

interface Document {
  readonly contentType: string;
  readonly bytes: number;
}

const MEGABYTE = 1_000_000;

/** What a document is and how large, in a few letters: `PDF · 2.4 MB`. */
export function documentWords({ contentType, bytes }: Document, t: Dictionary, locale: Locale): string {
  const kind = contentType.split('/')[1]!.replace('+zip', '').replace('mpeg', 'mp3').toUpperCase();
  const amount = Math.max(0.1, bytes / MEGABYTE).toLocaleString(locale, { maximumFractionDigits: 1 });
  return `${kind} · ${t.downloads.size(amount)}`;
}

/** Marks what is downloaded among things that are delivered. */
export function DownloadBadge(): ReactElement {
  const { t } = useApp();
  return (
    <Badge tone="brand">
      <IconDownload size={14} />
      {t.downloads.kind}
    </Badge>
  );
}

/** The download of an order's line: until when, how often, and what it takes away. */
export function DownloadBox({
  order,
  line,
}: {
  order: Pick<OrderView, 'id' | 'downloads'>;
  line: OrderView['sellerOrders'][number]['lines'][number];
}): ReactElement | null {
  const { api, t, locale, refresh } = useApp();
  const { busy, problem, run } = useWork();
  const found = order.downloads.find(({ lineId }) => lineId === line.id);
  if (!found || !line.digital) return null;
  const fetchIt = (): Promise<boolean> =>
    run(async () => {
      const { url } = await api.send<DownloadLink>('POST', `/orders/${order.id}/lines/${line.id}/download`);
      location.assign(url);
      await refresh();
    });
  return (
    <div className="mt-2 rounded-box border border-line p-3 text-sm">
      <p className="font-medium break-words">{line.digital.name}</p>
      <p className="text-ink-soft">
        {documentWords(line.digital, t, locale)} ·{' '}
        {t.downloads.until(`${dayOf(found.until, locale)} ${yearOf(found.until)}`)} ·{' '}
        {t.downloads.left(found.left, found.most)}
      </p>
      {found.state === 'ready' ? (
        <>
          <Button icon={IconDownload} busy={busy} onClick={() => void fetchIt()} className="mt-3 w-full sm:w-auto">
            {t.downloads.get}
          </Button>
          <p className="mt-2 text-ink-soft">
            {t.downloads.link} {!found.given && t.downloads.first}
          </p>
        </>
      ) : (
        <p className="mt-2 font-semibold">{t.downloads.states[found.state]}</p>
      )}
      {problem && (
        <p role="alert" className="mt-2 font-semibold text-danger-ink">
          {problem}
        </p>
      )}
    </div>
  );
}

import type { ApprovalView } from '@um/family';
import { formatMoney, Picture, Price } from '@um/ui';
import type { ReactElement } from 'react';
import { useApp, useHref } from '../state/app.js';
import { PackedParts } from './bundle.js';
import { DownloadBadge } from './downloads.js';
import { variantWords } from './attributes.js';
import { Safety } from './safety.js';

/** Exactly what is asked for: each thing with its price, its age grade and its warnings (SAF-04). */
export function AskLines({ ask }: { ask: ApprovalView }): ReactElement {
  const { t, locale } = useApp();
  const href = useHref();
  return (
    <ul className="divide-y divide-line">
      {ask.lines.map((line) => (
        <li
          key={line.variantId}
          className="grid grid-cols-[5rem_1fr] gap-4 py-4 first:pt-0 last:pb-0 sm:grid-cols-[7rem_1fr]"
        >
          <Picture id={line.pictureId} alt="" sizes="112px" className="aspect-square rounded-box bg-picture" />
          <div className="flex min-w-0 flex-col gap-2">
            <div>
              <a href={href(`/p/${line.slug}`)} className="font-semibold hover:underline">
                {line.title}
              </a>
              <p className="text-sm text-ink-soft">
                {[variantWords(line.variantLabel, t), line.storeName].filter(Boolean).join(' · ')}
              </p>
            </div>
            <PackedParts parts={line.parts} />
            {line.digital && (
              <p>
                <DownloadBadge />
              </p>
            )}
            <p className="flex flex-wrap items-baseline justify-between gap-2">
              <span className="text-sm text-ink-soft">
                {line.qty} × {formatMoney(line.unitPrice, locale)}
              </span>
              <Price money={line.lineTotal} />
            </p>
            <Safety {...line} compact />
          </div>
        </li>
      ))}
    </ul>
  );
}

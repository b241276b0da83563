import type { ChangeView, SharedChanges } from '@um/product';
import { Badge, Card, dateTime, Picture, type Tone } from '@um/ui';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage } from '../state/language.js';
import { textIn } from './text.js';

const tones: Readonly<Record<ChangeView['state'], Tone>> = {
  waiting: 'accent',
  approved: 'ok',
  rejected: 'danger',
  withdrawn: 'plain',
};
type Field = keyof SharedChanges;

/** A request: what the product said and what it should say, field by field. */
export function ChangeCard({ change, children }: { change: ChangeView; children?: ReactNode }): ReactElement {
  const { t, locale } = useLanguage();
  const words = t.market.changes;
  const shop = `${locale === 'uz' ? '' : `/${locale}`}/p/${change.slug}`;
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h2 className="text-lg">
          <a href={shop} className="hover:underline">
            {textIn(change.productTitle, locale)}
          </a>
        </h2>
        <span className="flex flex-wrap gap-2">
          {change.stale && <Badge tone="danger">{words.stale}</Badge>}
          <Badge tone={tones[change.state]}>{words.states[change.state]}</Badge>
        </span>
      </div>
      <p className="text-sm text-ink-soft">
        {[textIn(change.storeName, locale), dateTime(change.askedAt, locale)].join(' · ')}
      </p>
      {change.note && <p className="mt-2 whitespace-pre-line">{change.note}</p>}
      <div className="mt-4 flex flex-col gap-4">
        {(Object.keys(change.changes) as Field[]).map((field) => (
          <Difference key={field} field={field} change={change} />
        ))}
      </div>
      {change.reason && (
        <p className="mt-3 text-sm">
          <strong>{t.reason}:</strong> {change.reason}
        </p>
      )}
      {children && <div className="mt-4 flex flex-wrap gap-2">{children}</div>}
    </Card>
  );
}

function Difference({ field, change }: { field: Field; change: ChangeView }): ReactElement {
  const { t } = useLanguage();
  const words = t.market.changes;
  return (
    <section aria-label={words.fields[field]}>
      <h3 className="text-sm font-semibold">{words.fields[field]}</h3>
      <div className="mt-1 grid gap-3 md:grid-cols-2">
        {[
          { title: words.was, from: change.before, look: 'border-line bg-surface' },
          { title: words.willBe, from: change.changes, look: 'border-brand bg-brand-soft' },
        ].map(({ title, from, look }) => (
          <div key={title} className={`min-w-0 rounded-box border p-3 ${look}`}>
            <p className="mb-1 text-xs font-semibold text-ink-soft">{title}</p>
            <Value value={from[field]} />
          </div>
        ))}
      </div>
    </section>
  );
}

/** A field's value: pictures as they look, everything else as text, each language and attribute on a line. */
function Value({ value }: { value: SharedChanges[Field] }): ReactElement {
  const { t } = useLanguage();
  if (value === undefined || value === null || value === '') return <p>{t.market.changes.nothing}</p>;
  if (typeof value === 'string') return <p className="break-words">{value}</p>;
  if (Array.isArray(value))
    return value.length === 0 ? (
      <p>{t.market.changes.nothing}</p>
    ) : (
      <span className="flex flex-wrap gap-2">
        {value.map((id) => (
          <Picture key={id} id={id} alt="" sizes="72px" className="size-18 rounded-field" />
        ))}
      </span>
    );
  return (
    <dl className="text-sm">
      {Object.entries(value).map(([name, said]) => (
        <div key={name} className="flex gap-2 py-0.5">
          <dt className="shrink-0 text-ink-soft">{name}</dt>
          <dd className="min-w-0 break-words whitespace-pre-line">{String(said)}</dd>
        </div>
      ))}
    </dl>
  );
}
